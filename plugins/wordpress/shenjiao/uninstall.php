<?php
/**
 * Leaves nothing behind.
 *
 * @package Shenjiao
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'shenjiao' );
delete_post_meta_by_key( '_shenjiao' );
