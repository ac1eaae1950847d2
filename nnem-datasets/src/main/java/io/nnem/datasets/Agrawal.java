package io.nnem.datasets;

/** Applicants for a loan; see {@link GeneratedStreams#agrawal}. */
final class Agrawal implements LabelledStream {
  private static final double PERTURBATION = .05;

  private final int function;
  private final SplitMix random;

  private double salary;
  private double commission;
  private double age;
  private int education;
  private int car;
  private int zip;
  private double house;
  private double years;
  private double loan;

  Agrawal(int function, long seed) {
    if (function < 1 || function > 10) {
      throw new IllegalArgumentException(
          "Agrawal's functions are 1 to 10; there is no function " + function + ".");
    }
    this.function = function;
    this.random = SplitMix.of(seed, 4);
  }

  @Override
  public int attributes() {
    return 9;
  }

  @Override
  public int classes() {
    return 2;
  }

  @Override
  public int next(float[] out) {
    salary = between(20_000, 150_000);
    commission = salary >= 75_000 ? 0 : between(10_000, 75_000);
    age = 20 + random.below(61);
    education = random.below(5);
    car = 1 + random.below(20);
    zip = random.below(9);
    house = between(.5, 1.5) * (9 - zip) * 100_000;
    years = 1 + random.below(30);
    loan = between(0, 500_000);
    int label = isInGroupA() ? 0 : 1;
    salary = perturbed(salary, 20_000, 150_000);
    commission = commission == 0 ? 0 : perturbed(commission, 10_000, 75_000);
    age = Math.round(perturbed(age, 20, 80));
    house = perturbed(house, 0, 1_350_000);
    years = Math.round(perturbed(years, 1, 30));
    loan = perturbed(loan, 0, 500_000);
    double[] all = {salary, commission, age, education, car, zip, house, years, loan};
    for (int i = 0; i < all.length; i++) {
      out[i] = (float) all[i];
    }
    return label;
  }

  private double between(double from, double to) {
    return from + (to - from) * random.unit();
  }

  private double perturbed(double value, double least, double most) {
    double moved = value + (most - least) * (2 * random.unit() - 1) * PERTURBATION;
    return Math.max(least, Math.min(most, moved));
  }

  private boolean isInGroupA() {
    return switch (function) {
      case 1 -> age < 40 || age >= 60;
      case 2 -> isSalaryUsual(salary);
      case 3 -> isIn(education, byAge(0, 1, 2), byAge(1, 3, 4));
      case 4 -> salaryByEducation();
      case 5 -> loanBySalary();
      case 6 -> isSalaryUsual(salary + commission);
      case 7 -> 2 * (salary + commission) / 3 - loan / 5 - 20_000 > 0;
      case 8 -> 2 * (salary + commission) / 3 - 5_000 * education - 20_000 > 0;
      case 9 -> 2 * (salary + commission) / 3 - 5_000 * education - loan / 5 - 10_000 > 0;
      default ->
          2 * (salary + commission) / 3
                  - 5_000 * education
                  + Math.max(0, .1 * house * (years - 20)) / 5
                  - 10_000
              > 0;
    };
  }

  private boolean salaryByEducation() {
    boolean usual = isIn(education, byAge(0, 1, 2), byAge(1, 3, 4));
    double least = usual ? byAge(25_000, 50_000, 50_000) : byAge(50_000, 75_000, 25_000);
    return isIn(salary, least, least + 50_000);
  }

  private boolean loanBySalary() {
    boolean usual = isSalaryUsual(salary);
    double least = usual ? byAge(100_000, 200_000, 300_000) : byAge(200_000, 300_000, 100_000);
    return isIn(loan, least, least + 200_000);
  }

  private boolean isSalaryUsual(double income) {
    double least = byAge(50_000, 75_000, 25_000);
    return isIn(income, least, least + 50_000);
  }

  private double byAge(double young, double middle, double old) {
    return age < 40 ? young : age < 60 ? middle : old;
  }

  private static boolean isIn(double value, double from, double to) {
    return value >= from && value <= to;
  }
}
