/** Storage in memory that fails as disks and machines do. */
package io.nnem.learners.storage;
