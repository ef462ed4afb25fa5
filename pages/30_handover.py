from ui.calculators import handover

handover.page()
