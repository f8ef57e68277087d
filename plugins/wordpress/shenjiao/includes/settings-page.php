<?php
/**
 * The page of the settings, for administrators.
 *
 * @package Shenjiao
 */

namespace Shenjiao\Settings_Page;

use Shenjiao\Settings;

/** Be seen. */
function show(): void {
	add_action(
		'admin_menu',
		static fn() => add_options_page( '审校', '审校', 'manage_options', 'shenjiao', __NAMESPACE__ . '\print_page' )
	);
	add_action(
		'admin_init',
		static fn() => register_setting( 'shenjiao', Settings\OPTION, array( 'sanitize_callback' => 'Shenjiao\Settings\accepted' ) )
	);
}

/** Print the page. */
function print_page(): void {
	$settings = Settings\all();
	echo '<div class="wrap"><h1>审校</h1><form action="options.php" method="post"><table class="form-table">';
	settings_fields( 'shenjiao' );
	print_field( 'url', '服务地址', $settings, 'url', '例如 http://127.0.0.1:8000；由本服务器访问，不经过浏览器。' );
	$kept = '' === $settings['key'] ? '尚未设置。' : '已经设置；留空则不变。';
	print_field( 'key', '密钥', array( 'key' => '' ) + $settings, 'password', $kept . '只留在服务器上；也可在 wp-config.php 中定义 SHENJIAO_KEY。' );
	print_field( 'channel', '渠道名称', $settings, 'text', '写入审校记录。' );
	print_field( 'documents', '文稿编号前缀', $settings, 'text', '几个站点共用一个服务，各取一个。' );
	print_choice(
		'review',
		'只有须核实之处时',
		$settings,
		array(
			'person' => '先给编辑看，他核实后发布即放行',
			'hold'   => '等到审校服务中处理完毕或记录终审通过',
		)
	);
	print_choice(
		'when_down',
		'服务没有应答时',
		$settings,
		array(
			'hold' => '不发布',
			'pass' => '放行',
		)
	);
	echo '</table>';
	submit_button();
	echo '</form></div>';
}

/**
 * Print a field.
 *
 * @param string $name     Of the setting.
 * @param string $label    What it is called.
 * @param array  $settings As they are.
 * @param string $type     Of the input.
 * @param string $hint     Below it.
 */
function print_field( string $name, string $label, array $settings, string $type, string $hint ): void {
	printf(
		'<tr><th><label for="shenjiao-%1$s">%2$s</label></th><td><input class="regular-text" id="shenjiao-%1$s" name="shenjiao[%1$s]" type="%3$s" value="%4$s" autocomplete="off"><p class="description">%5$s</p></td></tr>',
		esc_attr( $name ),
		esc_html( $label ),
		esc_attr( $type ),
		esc_attr( $settings[ $name ] ),
		esc_html( $hint )
	);
}

/**
 * Print a choice.
 *
 * @param string $name     Of the setting.
 * @param string $label    What it is called.
 * @param array  $settings As they are.
 * @param array  $choices  Values, and what they are called.
 */
function print_choice( string $name, string $label, array $settings, array $choices ): void {
	printf( '<tr><th><label for="shenjiao-%1$s">%2$s</label></th><td><select id="shenjiao-%1$s" name="shenjiao[%1$s]">', esc_attr( $name ), esc_html( $label ) );
	foreach ( $choices as $value => $words ) {
		printf( '<option value="%s"%s>%s</option>', esc_attr( $value ), selected( $settings[ $name ], $value, false ), esc_html( $words ) );
	}
	echo '</select></td></tr>';
}
