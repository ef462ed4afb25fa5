from ui.calculators import cohorts

cohorts.page()
