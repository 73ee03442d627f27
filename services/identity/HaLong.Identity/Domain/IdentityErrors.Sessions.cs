using HaLong.ServiceDefaults;

namespace HaLong.Identity.Domain;

/// <summary>Refusals about sessions and clients' proofs.</summary>
internal static partial class IdentityErrors
{
    public static readonly Error OwnSessionsOnly = new(ErrorKind.Forbidden, "IDN-0801",
        "Chỉ chính chủ tài khoản mới xem và kết thúc được các phiên đăng nhập của mình.",
        "Only the account's owner can see and end its sessions.");

    public static readonly Error SessionNotFound = new(ErrorKind.NotFound, "IDN-0802",
        "Không tìm thấy phiên đăng nhập đang mở này.",
        "There is no such open session.");
}
