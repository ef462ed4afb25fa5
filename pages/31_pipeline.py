from ui.calculators import pipeline

pipeline.page()
