"""The image without a container engine: its Dockerfile carried out, its processes started."""
