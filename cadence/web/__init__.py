"""A face: the feeds and the page of each reader, served at secret addresses (Starlette on uvicorn)."""
