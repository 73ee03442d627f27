using System.Collections.Frozen;
using System.Text.RegularExpressions;
using HaLong.Notifications.Templates;

namespace HaLong.Notifications.Direct;

/// <summary>
/// The short texts. Vietnamese is written without diacritics and everything in letters of GSM-7, so that each is one SMS (160 characters)
/// on any telephone; nothing personal stands in them: they can be read on a locked screen.
/// </summary>
internal static partial class DirectTexts
{
    public const int OneSms = SmsText.OnePart;

    /// <summary>The one notice that is not identity's but ours; values: what, time.</summary>
    public const string SecurityChanged = "security-changed";

    /// <summary>Never give it away: the one sentence that stops most fraud by telephone.</summary>
    private static readonly (string Vi, string En) Keep = ("Khong dua ma nay cho bat ky ai.", "Do not give it to anybody.");

    /// <summary>By purpose; {0} is the code, {1} the minutes it is good for.</summary>
    private static readonly FrozenDictionary<string, (string Vi, string En)> Codes = new Dictionary<string, (string, string)>
    {
        ["registration"] = ("Ma dang ky tai khoan dich vu cong Ha Long: {code} ({minutes} phut). ", "Code to register with Ha Long public services: {code} ({minutes} min). "),
        ["password-reset"] = ("Ma dat lai mat khau dich vu cong Ha Long: {code} ({minutes} phut). ", "Code to reset your password for Ha Long public services: {code} ({minutes} min). "),
        ["contact-phone"] = ("Ma xac nhan so dien thoai, dich vu cong Ha Long: {code} ({minutes} phut). ", "Code to confirm this number with Ha Long public services: {code} ({minutes} min). "),
        ["contact-email"] = ("Ma xac nhan thu dien tu, dich vu cong Ha Long: {code} ({minutes} phut). ", "Code to confirm this address with Ha Long public services: {code} ({minutes} min). "),
        ["assisted-session"] = ("Ma de ban dong y cho nguoi ho tro lam giup, dich vu cong Ha Long: {code} ({minutes} phut). ", "Code to agree that a helper works for you, Ha Long public services: {code} ({minutes} min). "),
        ["account-closing"] = ("Ma de DONG tai khoan dich vu cong Ha Long: {code} ({minutes} phut). ", "Code to CLOSE your account with Ha Long public services: {code} ({minutes} min). "),
        ["signing"] = ("Ma ky so {code} ({minutes} phut): ky {count} van ban, dau {mark}, dich vu cong Ha Long. ", "Code {code} ({minutes} min) to SIGN {count} document(s), mark {mark}, Ha Long public services. "),
        ["second-factor"] = ("Ma dang nhap dich vu cong Ha Long: {code} ({minutes} phut). ", "Code to sign in to Ha Long public services: {code} ({minutes} min). "),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, (string Vi, string En)> Notices = new Dictionary<string, (string, string)>
    {
        ["registration-attempt"] = (
            "Dich vu cong Ha Long: co nguoi vua dang ky bang so dinh danh cua ban, ban da co tai khoan. Quen mat khau: chon Quen mat khau khi dang nhap.",
            "Ha Long public services: somebody tried to register with your personal number. You have an account: use Forgot password to sign in."),
        ["password-changed"] = (
            "Dich vu cong Ha Long: mat khau cua ban vua duoc doi. Neu khong phai ban, hay dat lai mat khau ngay.",
            "Ha Long public services: your password was changed. If it was not you, reset it at once."),
        ["phone-changed"] = (
            "Dich vu cong Ha Long: so dien thoai cua tai khoan vua duoc doi. Neu khong phai ban, hay den Bo phan Mot cua.",
            "Ha Long public services: the phone number of your account was changed. If it was not you, go to a one-stop office."),
        ["email-changed"] = (
            "Dich vu cong Ha Long: thu dien tu cua tai khoan vua duoc doi hoac xoa. Neu khong phai ban, hay den Bo phan Mot cua.",
            "Ha Long public services: the e-mail address of your account was changed or removed. If it was not you, go to a one-stop office."),
        [SecurityChanged] = (
            "Dich vu cong Ha Long: {what} luc {time}. Neu khong phai ban: dat lai mat khau ngay, bao Bo phan Mot cua.",
            "Ha Long public services: {what} at {time}. If it was not you: reset your password now, tell a one-stop office."),
        ["account-verified"] = (
            "Dich vu cong Ha Long: tai khoan cua ban da duoc xac minh tai quay.",
            "Ha Long public services: your account was verified at the counter."),
        ["verification-undone"] = (
            "Dich vu cong Ha Long: viec xac minh tai khoan cua ban tai quay da bi huy. Hay den Bo phan Mot cua de biet ly do.",
            "Ha Long public services: the verification of your account at the counter was undone. Ask why at a one-stop office."),
        ["organisation-claimed"] = (
            "Dich vu cong Ha Long: co nguoi khac dang ky to chuc ma ban dai dien. Neu khong dung, hay bao Bo phan Mot cua.",
            "Ha Long public services: somebody else claims an organisation that you represent. If this is wrong, tell a one-stop office."),
        ["organisation-verified"] = (
            "Dich vu cong Ha Long: to chuc ban dang ky da duoc xac minh. Ban co the lam thu tuc thay to chuc.",
            "Ha Long public services: the organisation you registered is verified. You can act in its name."),
        ["organisation-refused"] = (
            "Dich vu cong Ha Long: dang ky to chuc cua ban khong duoc chap nhan. Xem ly do trong tai khoan cua ban.",
            "Ha Long public services: the organisation you registered was not accepted. Read why in your account."),
        ["representative-ended"] = (
            "Dich vu cong Ha Long: ban khong con dai dien cho mot to chuc. Xem trong tai khoan cua ban.",
            "Ha Long public services: you no longer represent an organisation. See your account."),
        ["account-closed"] = (
            "Dich vu cong Ha Long: tai khoan cua ban da dong. Ho so da nop van duoc luu va xu ly.",
            "Ha Long public services: your account is closed. Dossiers already filed are kept and dealt with."),
        ["assisted-summary"] = (
            "Dich vu cong Ha Long: phien ho tro {reference} da ket thuc. Xem viec da lam va thu hoi trong tai khoan cua ban.",
            "Ha Long public services: assisted session {reference} has ended. See what was done, and revoke it, in your account."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Purposes => Codes.Keys;

    public static IEnumerable<string> Templates => Notices.Keys;

    /// <summary>Null when no code is for that.</summary>
    public static string? Code(string purpose, string language, string code, int minutes, IReadOnlyDictionary<string, string>? values = null) => Codes.TryGetValue(purpose, out var texts)
        ? Fill(Choose(texts, language) + Choose(Keep, language), name => name switch { "code" => code, "minutes" => minutes.ToString(System.Globalization.CultureInfo.InvariantCulture), _ => values?.GetValueOrDefault(name) })
        : null;

    /// <summary>Null when there is no such notice, or a value is missing or not plain: values come from a service, but must not become another text.</summary>
    public static string? Notice(string template, string language, IReadOnlyDictionary<string, string> values) =>
        Notices.TryGetValue(template, out var texts) ? Fill(Choose(texts, language), name => values.GetValueOrDefault(name)) : null;

    private static string Choose((string Vi, string En) texts, string language) => language == "en" ? texts.En : texts.Vi;

    // A code in two parts may arrive in halves; a text that does not fit is refused like a value that does not.
    private static string? Fill(string text, Func<string, string?> value)
    {
        var complete = true;
        var filled = Place().Replace(text, place =>
        {
            var given = value(place.Groups[1].Value);
            complete &= given is not null && Plain().IsMatch(given);
            return given ?? "";
        });
        return complete && SmsText.Measure(filled) is { Encoding: SmsEncoding.Gsm7, Parts: 1 } ? filled : null;
    }

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Place();

    [GeneratedRegex("^[A-Za-z0-9 ./:-]{1,24}$")]
    private static partial Regex Plain();
}
