using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Cryptography.Pkcs11;

/// <summary>Refusals of the token that holds the authority's keys.</summary>
internal static class TokenErrors
{
    /// <summary>The token is away, or does not let this service in. Software never signs in its place.</summary>
    public static readonly Error Away = new(
        ErrorKind.Unavailable, "SIG-0435", "Thiết bị lưu khóa ký của hệ thống chưa sẵn sàng. Hãy thử lại sau.",
            "The token that holds the signing keys is not ready. Try again later.")
    { RetryAfterSeconds = 30 };
}
