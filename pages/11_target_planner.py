from ui.calculators import target_planner

target_planner.page()
