"""The image without a container engine: its Dockerfile carried out in a clean root, its processes started from there."""
