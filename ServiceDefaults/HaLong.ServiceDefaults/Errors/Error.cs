using System.Globalization;

namespace HaLong.ServiceDefaults;

/// <summary>What kind of refusal an <see cref="Error"/> is: decides the HTTP status and the gRPC code.</summary>
public enum ErrorKind
{
    /// <summary>400 / INVALID_ARGUMENT.</summary>
    Validation,

    /// <summary>401 / UNAUTHENTICATED.</summary>
    Unauthenticated,

    /// <summary>403 / PERMISSION_DENIED.</summary>
    Forbidden,

    /// <summary>404 / NOT_FOUND: does not exist, or is not the caller's.</summary>
    NotFound,

    /// <summary>409 / FAILED_PRECONDITION: the state does not allow it, or a race was lost without If-Match.</summary>
    Conflict,

    /// <summary>410 / OUT_OF_RANGE: it was there and is kept no longer.</summary>
    Gone,

    /// <summary>409 / ALREADY_EXISTS.</summary>
    AlreadyExists,

    /// <summary>412 / ABORTED: the revision in If-Match is stale.</summary>
    PreconditionFailed,

    /// <summary>422 / INVALID_ARGUMENT: an idempotency key was used for another body.</summary>
    KeyReused,

    /// <summary>413 / OUT_OF_RANGE.</summary>
    TooLarge,

    /// <summary>415 / INVALID_ARGUMENT.</summary>
    UnsupportedMedia,

    /// <summary>429 / RESOURCE_EXHAUSTED.</summary>
    TooMany,

    /// <summary>503 / UNAVAILABLE: something this service needs is down; trying again later helps.</summary>
    Unavailable,

    /// <summary>504 / DEADLINE_EXCEEDED.</summary>
    Timeout,
}

/// <summary>An expected refusal: a stable code with a message in both languages. A value, never an exception.</summary>
/// <param name="Kind">Decides the status.</param>
/// <param name="Code">Stable code, e.g. DOS-0007; documented in docs/errors.md.</param>
/// <param name="Vi">Vietnamese message; may hold {0} places.</param>
/// <param name="En">English message; may hold {0} places.</param>
public sealed record Error(ErrorKind Kind, string Code, string Vi, string En)
{
    /// <summary>Messages for single fields, in the order they were found.</summary>
    public IReadOnlyList<FieldMessage> FieldMessages { get; init; } = [];

    /// <summary>Messages by field name (camelCase), in the language of the current request.</summary>
    public IReadOnlyDictionary<string, string[]> Fields => FieldMessages.GroupBy(m => m.Field).ToDictionary(g => g.Key, g => g.Select(m => m.Message).ToArray());

    /// <summary>Seconds after which trying again makes sense; sent as Retry-After.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The message in the language of the current request.</summary>
    public string Message => Text.Bilingual(Vi, En);

    /// <summary>The same error with the places of its messages filled.</summary>
    public Error Format(params object[] args) => this with
    {
        Vi = string.Format(CultureInfo.InvariantCulture, Vi, args),
        En = string.Format(CultureInfo.InvariantCulture, En, args),
    };

    /// <summary>The same error with one more message for a field.</summary>
    public Error WithField(string name, string vi, string? en = null) => this with { FieldMessages = [.. FieldMessages, new FieldMessage(name, vi, en ?? vi)] };
}

/// <summary>What is wrong with one field, in both languages.</summary>
/// <param name="Field">Name of the field (camelCase).</param>
/// <param name="Vi">Vietnamese message.</param>
/// <param name="En">English message.</param>
public sealed record FieldMessage(string Field, string Vi, string En)
{
    /// <summary>The message in the language of the current request.</summary>
    public string Message => Text.Bilingual(Vi, En);
}
