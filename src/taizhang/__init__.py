"""Taizhang: runs a Chinese local government's published policy, from the printed sentence to the public record."""

__version__ = "0.1.0"
