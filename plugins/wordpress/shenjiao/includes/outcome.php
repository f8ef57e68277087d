<?php
/**
 * The answer of the gate for one text of one post.
 *
 * @package Shenjiao
 */

namespace Shenjiao;

/**
 * Says whether the text may be published, and why not.
 */
final class Outcome {
	public const PASSED    = 'passed';
	public const TO_VERIFY = 'to_verify';
	public const REFUSED   = 'refused';
	public const DOWN      = 'down';
	public const UNCHECKED = 'unchecked';
	private const SAYINGS  = array(
		self::PASSED    => '机器校对通过',
		self::TO_VERIFY => '机器校对发现须核实之处；核实无误的，再次发布即可',
		self::REFUSED   => '机器校对未通过，未发布',
		self::DOWN      => '审校服务没有应答，未发布；请稍后再试，或与管理员联系',
		self::UNCHECKED => '审校服务没有应答，未经校对即予放行',
	);
	private const SEVERITIES = array(
		'error'   => '须改',
		'warning' => '须核实',
	);

	public string $state;
	public string $saying;

	/**
	 * One for every finding that stands in the way.
	 *
	 * @var string[]
	 */
	public array $lines;

	/**
	 * Make an answer.
	 *
	 * @param string      $state  One of the constants.
	 * @param string[]    $lines  For the editor.
	 * @param string|null $saying Where the state alone does not say it.
	 */
	public function __construct( string $state, array $lines = array(), ?string $saying = null ) {
		$this->state  = $state;
		$this->lines  = array_values( $lines );
		$this->saying = $saying ?? self::SAYINGS[ $state ];
	}

	/** Tell whether this very text may be published now. */
	public function may_go_live(): bool {
		return in_array( $this->state, array( self::PASSED, self::UNCHECKED ), true );
	}

	/** Tell whether somebody who has seen the lines may publish. */
	public function asks_a_person(): bool {
		return self::TO_VERIFY === $this->state;
	}

	/** What is said, in one piece of plain text. */
	public function message(): string {
		return implode( "\n", array_merge( array( $this->saying . '。' ), $this->lines ) );
	}

	/**
	 * Write a line for every finding that stands in the way, errors first; by the id of the finding.
	 *
	 * @param array $findings As the service gives them.
	 * @param Text  $text     In which they stand.
	 * @return array<string, string>
	 */
	public static function lines_of( array $findings, Text $text ): array {
		$lines = array_fill_keys( array_keys( self::SEVERITIES ), array() );
		foreach ( array_filter( $findings, array( self::class, 'stands_in_the_way' ) ) as $found ) {
			$lines[ $found['severity'] ][ $found['id'] ] = self::line( $found, $text );
		}
		return $lines['error'] + $lines['warning'];
	}

	/**
	 * Tell whether a finding keeps a text from being published, or asks a person.
	 *
	 * @param array $found A finding.
	 */
	public static function stands_in_the_way( array $found ): bool {
		return isset( self::SEVERITIES[ $found['severity'] ] ) && ! in_array( $found['state'], array( 'false_alarm', 'waived' ), true );
	}

	/**
	 * Write a line: place, words, reason, remedy, source. Personal data come masked.
	 *
	 * @param array $found A finding.
	 * @param Text  $text  In which it stands.
	 */
	private static function line( array $found, Text $text ): string {
		$line = sprintf( '【%s】%s：“%s”。%s', self::SEVERITIES[ $found['severity'] ], $text->place( $found['start'] ), $found['text'], $found['message'] );
		if ( $found['replacements'] ) {
			$uses  = array_map( static fn( $use ) => '' === $use ? '（删去）' : $use, $found['replacements'] );
			$line .= '建议：' . implode( '、', $uses ) . '。';
		}
		return $line . '依据：' . $found['source']['title'] . '。';
	}
}
