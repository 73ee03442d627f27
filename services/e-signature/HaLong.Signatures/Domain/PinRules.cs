using System.Globalization;
using System.Text;
using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Domain;

/// <summary>
/// What may be a PIN: 6 to 12 digits, or a passphrase. A PIN guards together with the service's own password and at most ten tries, so six
/// digits are enough where they are not those that everybody tries first.
/// </summary>
internal static class PinRules
{
    public const int MinDigits = 6;
    public const int MaxDigits = 12;
    public const int MinPhrase = 12;
    public const int MaxPhrase = 128;
    private const int DistinctInPhrase = 5;

    /// <summary>The same text however the keyboard composes it.</summary>
    public static string Normalise(string pin) => pin.Normalize(NormalizationForm.FormC);

    /// <summary>Why this is no PIN to choose; null when it is.</summary>
    public static Error? WhyNot(string? pin)
    {
        if (string.IsNullOrEmpty(pin) || !CouldBe(pin))
            return ActivationErrors.PinWeak;
        if (!pin.All(char.IsAsciiDigit))
            return pin.Length >= MinPhrase && pin.EnumerateRunes().Distinct().Count() >= DistinctInPhrase ? null : ActivationErrors.PinWeak;
        return pin.Length is >= MinDigits and <= MaxDigits && !IsTrivial(pin) ? null : ActivationErrors.PinWeak;
    }

    /// <summary>Whether it is worth looking at: neither too long nor broken text.</summary>
    public static bool CouldBe(string pin) => pin.Length <= MaxPhrase && IsText(pin);

    private static bool IsText(string pin)
    {
        for (var i = 0; i < pin.Length; i++)
        {
            if (char.IsControl(pin[i]) || (char.IsHighSurrogate(pin[i]) && (i + 1 == pin.Length || !char.IsLowSurrogate(pin[i + 1])))
                || (char.IsLowSurrogate(pin[i]) && (i == 0 || !char.IsHighSurrogate(pin[i - 1]))))
                return false;
        }

        return true;
    }

    // One digit again and again, a run up or down, a short group repeated, few digits at all, a year twice: what guessers begin with.
    private static bool IsTrivial(string pin) =>
        pin.Distinct().Count() < 3 || IsRun(pin, 1) || IsRun(pin, 9) || IsRepeated(pin) || IsYears(pin);

    private static bool IsRun(string pin, int step) =>
        Enumerable.Range(1, pin.Length - 1).All(i => (pin[i] - pin[i - 1] + 10) % 10 == step % 10);

    private static bool IsRepeated(string pin) => Enumerable.Range(1, pin.Length / 2)
        .Any(n => pin.Length % n == 0 && Enumerable.Range(0, pin.Length).All(i => pin[i] == pin[i % n]));

    private static bool IsYears(string pin) => pin.Length == 8 && IsYear(pin[..4]) && IsYear(pin[4..]);

    private static bool IsYear(string digits) => int.Parse(digits, CultureInfo.InvariantCulture) is >= 1900 and <= 2099;
}
