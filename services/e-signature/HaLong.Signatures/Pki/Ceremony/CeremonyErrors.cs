using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Pki.Ceremony;

/// <summary>Refusals that come of a root whose key is elsewhere.</summary>
internal static class CeremonyErrors
{
    /// <summary>The root is off line and none of its lists was brought here.</summary>
    public static readonly Error NoRootList = new(
        ErrorKind.Unavailable, "SIG-0436", "Chưa có danh sách thu hồi của chứng thư gốc.", "The root's list of revoked authorities was not imported yet.")
    { RetryAfterSeconds = 300 };
}
