if [ -f "$STORAGE_DIR/access-key-id" ]; then
  AWS_ACCESS_KEY_ID=$(cat "$STORAGE_DIR/access-key-id")
  AWS_SECRET_ACCESS_KEY=$(cat "$STORAGE_DIR/secret-access-key")
  export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
fi
