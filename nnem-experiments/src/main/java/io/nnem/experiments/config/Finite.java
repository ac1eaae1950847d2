package io.nnem.experiments.config;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A finite number above, or not below, a bound; neither NaN nor infinite. */
@Documented
@Constraint(validatedBy = Finite.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Finite {
  boolean orZero() default false;

  String message() default "must be a finite number above 0";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Compares with zero, and with what a float can be. */
  final class Validator implements ConstraintValidator<Finite, Double> {
    private boolean orZero;

    @Override
    public void initialize(Finite constraint) {
      orZero = constraint.orZero();
    }

    @Override
    public boolean isValid(Double value, ConstraintValidatorContext context) {
      if (value == null || (orZero && value == 0)) {
        return true;
      }
      boolean positive = Double.isFinite(value) && value > 0;
      if (positive && !(value >= Float.MIN_NORMAL && value <= 1 / Float.MIN_NORMAL)) {
        context.disableDefaultConstraintViolation();
        context
            .buildConstraintViolationWithTemplate(
                "must be within the range of floats, from 1.2e-38 to 8.5e37")
            .addConstraintViolation();
        return false;
      }
      return positive;
    }
  }
}
