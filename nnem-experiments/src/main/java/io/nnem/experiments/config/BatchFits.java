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

/** A whole batch must fit into the memory that it is written to. */
@Documented
@Constraint(validatedBy = BatchFits.Validator.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface BatchFits {
  /**
   * Not used: the message names both values.
   *
   * @return the message
   */
  String message() default "";

  /**
   * Not used.
   *
   * @return no groups
   */
  Class<?>[] groups() default {};

  /**
   * Not used.
   *
   * @return nothing
   */
  Class<? extends Payload>[] payload() default {};

  /** Compares the two, and says so of {@code capacity}. */
  final class Validator implements ConstraintValidator<BatchFits, ExperimentConfig> {
    @Override
    public boolean isValid(ExperimentConfig config, ConstraintValidatorContext context) {
      int batch = config.training().batch();
      int capacity = config.memory().capacity();
      if (batch < 1 || capacity < 1 || capacity >= batch) {
        return true;
      }
      context.disableDefaultConstraintViolation();
      context
          .buildConstraintViolationWithTemplate("must be at least batch, " + batch)
          .addPropertyNode("memory")
          .addPropertyNode("capacity")
          .addConstraintViolation();
      return false;
    }
  }
}
