namespace HaLong.ServiceDefaults;

/// <summary>Carries an <see cref="ServiceDefaults.Error"/> through code that cannot return it: gRPC services, consumers, streams.</summary>
public sealed class ErrorException : Exception
{
    /// <summary>Wraps the error.</summary>
    public ErrorException(Error error, Exception? inner = null) : base(error.Code + ": " + error.En, inner) => Error = error;

    /// <summary>An internal error without a code.</summary>
    public ErrorException() : this(CommonErrors.Internal) { }

    /// <summary>An internal error; the message goes to the log only.</summary>
    public ErrorException(string message) : base(message) => Error = CommonErrors.Internal;

    /// <summary>An internal error; the message goes to the log only.</summary>
    public ErrorException(string message, Exception inner) : base(message, inner) => Error = CommonErrors.Internal;

    /// <summary>The refusal.</summary>
    public Error Error { get; }
}
