from ui.calculators import experiments

experiments.page()
