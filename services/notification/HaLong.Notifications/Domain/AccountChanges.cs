using System.Collections.Frozen;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Domain;

/// <summary>What the words of identity's events mean to the owner of an account.</summary>
internal static class AccountChanges
{
    /// <summary>Of this the owner hears by SMS from identity itself, at once.</summary>
    public const string PasswordChanged = "password_changed";

    // A word that identity has learnt since is still told, as some change.
    private static readonly (string Vi, string En) Unknown = ("cách đăng nhập", "way to sign in");

    // Short: each also fits into an SMS, in plain letters.
    private static readonly FrozenDictionary<string, (string Vi, string En)> Words = new Dictionary<string, (string, string)>
    {
        [PasswordChanged] = ("đổi mật khẩu", "password changed"),
        ["authenticator_added"] = ("thêm ứng dụng xác thực", "authenticator added"),
        ["authenticator_removed"] = ("gỡ ứng dụng xác thực", "authenticator removed"),
        ["passkey_added"] = ("thêm khóa truy cập", "passkey added"),
        ["passkey_removed"] = ("gỡ khóa truy cập", "passkey removed"),
        ["recovery_codes_renewed"] = ("tạo mã khôi phục mới", "new recovery codes"),
        ["recovery_code_used"] = ("dùng một mã khôi phục", "recovery code used"),
        ["provider_linked"] = ("liên kết tài khoản khác", "provider linked"),
        ["provider_unlinked"] = ("bỏ liên kết tài khoản", "provider unlinked"),
        ["credentials_withdrawn"] = ("hủy cách đăng nhập cũ", "old sign-in withdrawn"),
        ["credential_approved"] = ("duyệt chứng thư số", "signing key approved"),
        ["credential_issued"] = ("cấp chứng thư số", "signing key issued"),
        ["credential_pin_changed"] = ("đổi PIN chứng thư số", "signing PIN changed"),
        ["credential_suspended"] = ("dừng chứng thư số", "signing key suspended"),
        ["credential_resumed"] = ("mở lại chứng thư số", "signing key resumed"),
        ["credential_revoked"] = ("thu hồi chứng thư số", "signing key revoked"),
        ["credential_ends_soon"] = ("sắp hết hạn ký số", "signing key ends soon"),
        ["credential_expired"] = ("hết hạn chứng thư số", "signing key ended"),
        ["phone_added"] = ("thêm số điện thoại", "telephone added"),
        ["phone_replaced"] = ("đổi số điện thoại", "telephone replaced"),
        ["phone_verified"] = ("xác nhận số điện thoại", "telephone confirmed"),
        ["phone_removed"] = ("xóa số điện thoại", "telephone removed"),
        ["email_added"] = ("thêm thư điện tử", "e-mail added"),
        ["email_replaced"] = ("đổi thư điện tử", "e-mail replaced"),
        ["email_verified"] = ("xác nhận thư điện tử", "e-mail confirmed"),
        ["email_removed"] = ("xóa thư điện tử", "e-mail removed"),
        // What cannot be reached is named, not what happened to it.
        ["phone_failing"] = ("số điện thoại", "telephone"),
        ["email_failing"] = ("hộp thư điện tử", "mailbox"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> All => Words.Keys;

    /// <summary>The change in the reader's language.</summary>
    public static string In(string change, string language) => Words.GetValueOrDefault(change, Unknown) is var (vi, en) && language == "en" ? en : vi;

    /// <summary>The same in letters that every telephone shows.</summary>
    public static string Plain(string change, string language) => Text.Fold(In(change, language));
}
