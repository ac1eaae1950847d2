package io.nnem.core.state;

import java.util.regex.Pattern;

/** What entries, texts and parts may be called. */
final class Names {

  private static final Pattern VALID = Pattern.compile("[a-z0-9-]++(\\.[a-z0-9-]++)*+");

  private Names() {}

  static boolean isValid(String name) {
    return VALID.matcher(name).matches();
  }

  static String requireValid(String name) {
    if (!isValid(name)) {
      throw new IllegalArgumentException(
          "\""
              + name
              + "\" is no name for a part of a state: use lower-case letters, digits and hyphens,"
              + " with dots between them.");
    }
    return name;
  }
}
