module daprtest
