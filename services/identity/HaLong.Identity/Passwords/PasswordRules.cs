using System.Globalization;
using HaLong.Identity.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Passwords;

/// <summary>What a password must not be made of: whose it is.</summary>
internal sealed record PasswordOwner(string? UserName, string? PersonalNumber, string? Phone, string? FullName, DateOnly? BirthDate);

/// <summary>
/// Refuses passwords that guessers try first. No rules about kinds of characters: they make passwords worse (NIST SP 800-63B §3.1.1).
/// </summary>
internal sealed class PasswordRules(BreachedPasswords breached)
{
    public const int Shortest = 10;
    public const int Longest = 200;

    /// <summary>Fewer different steps than this are a pattern and no password.</summary>
    private const int LeastSubstance = 6;

    /// <summary>Everything that is wrong with it, as messages for a field; empty when nothing is.</summary>
    public IReadOnlyList<FieldMessage> Check(string? password, PasswordOwner owner, string field = "password")
    {
        if (string.IsNullOrEmpty(password) || password.Length < Shortest || password.Length > Longest)
        {
            return [new FieldMessage(field, $"Mật khẩu phải có từ {Shortest} đến {Longest} ký tự.", $"A password has {Shortest} to {Longest} characters.")];
        }

        var messages = new List<FieldMessage>();
        var folded = PasswordShape.Fold(password.Normalize());
        if (IsAboutOwner(folded, owner))
        {
            messages.Add(new FieldMessage(field, "Mật khẩu không được chứa tên, ngày sinh, số điện thoại, số định danh hoặc tên đăng nhập của bạn.",
                "A password must not be made of your name, birth date, telephone, personal number or user name."));
        }

        if (PasswordShape.Substance(folded) < LeastSubstance)
        {
            messages.Add(new FieldMessage(field, "Mật khẩu là dãy hoặc phép lặp dễ đoán. Hãy chọn mật khẩu khác.",
                "The password is a run or repetition that is easy to guess. Choose another."));
        }

        if (PasswordShape.IsCommon(folded) || breached.Contains(password))
        {
            messages.Add(new FieldMessage(field, "Mật khẩu này quá phổ biến hoặc đã bị lộ. Hãy chọn mật khẩu khác.",
                "This password is very common or known from a data breach. Choose another."));
        }

        return messages;
    }

    private static bool IsAboutOwner(string folded, PasswordOwner owner)
    {
        var digits = new string([.. folded.Where(char.IsAsciiDigit)]);
        var letters = PasswordShape.Letters(folded);
        return Contains(folded, PasswordShape.Fold(owner.UserName ?? ""), 4)
            || Contains(digits, owner.PersonalNumber ?? "", 8)
            || Contains(digits, PhoneNumber.TryParse(owner.Phone)?.National ?? "", 8)
            || IsMadeOfName(letters, owner.FullName)
            || (owner.BirthDate is { } day && IsMadeOfDate(folded, digits, day));
    }

    private static bool Contains(string text, string part, int least) =>
        part.Length >= least && text.Length > 0 && (text.Contains(part, StringComparison.Ordinal) || (text.Length >= least && text.Length * 2 > part.Length && part.Contains(text, StringComparison.Ordinal)));

    /// <summary>The whole name, or no letters but words of the name.</summary>
    private static bool IsMadeOfName(string letters, string? fullName)
    {
        var words = PasswordShape.Fold(fullName ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(PasswordShape.Letters).ToList();
        if (words.Count == 0 || letters.Length == 0)
            return false;
        var rest = words.OrderByDescending(w => w.Length).Aggregate(letters, (text, word) => text.Replace(word, "", StringComparison.Ordinal));
        return rest.Length == 0 || (words.Count > 1 && letters.Contains(string.Concat(words), StringComparison.Ordinal));
    }

    /// <summary>The date in one of the ways people write it, and little else.</summary>
    private static bool IsMadeOfDate(string folded, string digits, DateOnly day) => folded.Length - digits.Length < 6
        && new[] { "ddMMyyyy", "yyyyMMdd", "MMddyyyy", "ddMMyy" }.Any(f => digits.Contains(day.ToString(f, CultureInfo.InvariantCulture), StringComparison.Ordinal));
}
