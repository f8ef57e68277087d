<?php
/**
 * Plugin Name: 审校
 * Description: 没有通过机器校对的文章不发布；提醒逐条写明位置、理由和改法。
 * Version: 0.1.0
 * Requires at least: 6.1
 * Requires PHP: 7.4
 * License: Apache-2.0
 * License URI: https://www.apache.org/licenses/LICENSE-2.0
 *
 * @package Shenjiao
 */

namespace Shenjiao;

defined( 'ABSPATH' ) || exit;

foreach ( array( 'settings', 'service', 'text', 'outcome', 'gate', 'publishing', 'editor', 'settings-page' ) as $part ) {
	require_once __DIR__ . "/includes/$part.php";
}

Publishing\watch();
Editor\show();
Settings_Page\show();
