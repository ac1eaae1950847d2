package io.nnem.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/**
 * A test of a contract that holds a plug-in to one of nnem's laws; {@code docs/laws.md} has them,
 * and a table of these tests for each.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Test
public @interface Law {

  /**
   * Which law.
   *
   * @return from 1 on
   */
  int number();

  /**
   * What of the law the test holds.
   *
   * @return a few words, which may be Markdown
   */
  String holds();
}
