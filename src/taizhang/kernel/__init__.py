"""Values every part speaks. Imports nothing of Taizhang's but itself."""
