package io.nnem.testkit;

import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** On a contract of a wrong plug-in: the test that catches it, see {@link WrongPlugins}. */
@Repeatable(Caught.All.class)
@Retention(RetentionPolicy.RUNTIME)
public @interface Caught {

  /** The name of the test, as the contract declares or inherits it. */
  String by();

  /** Part of the message that it fails with. */
  String saying() default "";

  /** What Java makes of two or more. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface All {
    Caught[] value();
  }
}
