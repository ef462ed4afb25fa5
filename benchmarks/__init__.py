"""What the project's speed claims rest on: `python -m benchmarks` measures the app against Streamlit itself."""
