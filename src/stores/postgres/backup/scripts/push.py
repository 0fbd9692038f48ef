"""Pushes the metrics of standard input to the Pushgateway, as those of a job and of this database. Others of the same job stay."""
import os
import sys
import urllib.request

path = f"metrics/job/{sys.argv[1]}/namespace/{os.environ['NAMESPACE']}/database/{os.environ['ARCHIVE_NAME']}"
url = f"{os.environ['PUSHGATEWAY_URL']}/{path}"
request = urllib.request.Request(url, data=sys.stdin.buffer.read(), method="POST", headers={"Content-Type": "text/plain; version=0.0.4"})
urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10).close()
