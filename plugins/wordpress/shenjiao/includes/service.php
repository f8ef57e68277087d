<?php
/**
 * The gate of the service over HTTP, asked by this server and never by a browser.
 *
 * @package Shenjiao
 */

namespace Shenjiao\Service;

use Shenjiao\Settings;

/** The service did not answer, or not now. */
final class Down extends \Exception {}

/** The service answered that it will not take the request; the message is Chinese. */
final class Rejected extends \Exception {}

const TIMEOUT = 10;
const REASONS = array(
	401 => '密钥缺失、有误或已撤销',
	403 => '密钥的权限不够',
	404 => '地址有误，或者服务的版本太旧',
	413 => '文章超过了服务的大小限制',
);

/**
 * Ask a route of the service, and read its answer.
 *
 * @param string     $route Such as /v1/reviews.
 * @param array|null $body  What is posted; null to get.
 * @throws Down     When there is no answer.
 * @throws Rejected When the answer is no.
 */
function ask( string $route, ?array $body = null ): array {
	$settings = Settings\all();
	$headers  = null === $body ? array() : array( 'Content-Type' => 'application/json' );
	if ( '' !== $settings['key'] ) {
		$headers['Authorization'] = 'Bearer ' . $settings['key'];
	}
	$answer = wp_remote_request(
		rtrim( $settings['url'], '/' ) . $route,
		array(
			'method'      => null === $body ? 'GET' : 'POST',
			'headers'     => $headers,
			'body'        => null === $body ? null : wp_json_encode( array( 'channel' => $settings['channel'] ) + $body ),
			'timeout'     => TIMEOUT,
			// The key and the draft are meant for the address in the settings only.
			'redirection' => 0,
		)
	);
	$status = is_wp_error( $answer ) ? 0 : (int) wp_remote_retrieve_response_code( $answer );
	if ( 0 === $status || 429 === $status || $status >= 500 ) {
		throw new Down();
	}
	if ( $status >= 300 ) {
		throw new Rejected( '审校服务没有接受请求：' . ( REASONS[ $status ] ?? "状态码 $status" ) . '。' );
	}
	$read = json_decode( wp_remote_retrieve_body( $answer ), true );
	if ( ! is_array( $read ) ) {
		throw new Down();
	}
	return $read;
}
