"""The taizhang command."""
