using Microsoft.AspNetCore.Http;

namespace HaLong.ServiceDefaults;

/// <summary>Success, or the <see cref="ServiceDefaults.Error"/> that says why not.</summary>
public readonly struct Result
{
    private Result(Error? error) => Refusal = error;

    /// <summary>True when there is no error.</summary>
    public bool IsSuccess => Refusal is null;

    /// <summary>The error of a failed result.</summary>
    public Error Error => Refusal ?? throw new InvalidOperationException("A successful result has no error.");

    private Error? Refusal { get; }

    /// <summary>The successful result.</summary>
    public static Result Success => default;

    /// <summary>A success with a value whose type is an interface, which no conversion can make.</summary>
    public static Result<T> Of<T>(T value) => Result<T>.Of(value);

    /// <summary>A refusal.</summary>
    public static implicit operator Result(Error error) => new(error);

    /// <summary>The answer for success, else the problem.</summary>
    public IResult Match(Func<IResult> success) => IsSuccess ? success() : Error.ToProblem();
}

/// <summary>A value, or the <see cref="ServiceDefaults.Error"/> that says why there is none.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public readonly struct Result<T>
{
    private readonly T? _value;
    private readonly Error? _error;

    private Result(T? value, Error? error) => (_value, _error) = (value, error);

    /// <summary>True when there is a value.</summary>
    public bool IsSuccess => _error is null;

    /// <summary>The value of a successful result.</summary>
    public T Value => IsSuccess ? _value! : throw new InvalidOperationException("A failed result has no value: " + _error!.Code);

    /// <summary>The error of a failed result.</summary>
    public Error Error => _error ?? throw new InvalidOperationException("A successful result has no error.");

    /// <summary>A success.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    internal static Result<T> Of(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);

    /// <summary>The answer for the value, else the problem.</summary>
    public IResult Match(Func<T, IResult> success) => IsSuccess ? success(Value) : Error.ToProblem();
}
