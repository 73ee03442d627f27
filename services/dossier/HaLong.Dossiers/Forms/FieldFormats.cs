using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace HaLong.Dossiers.Forms;

/// <summary>The formats of the subset: what fits, and what to say when it does not.</summary>
internal static partial class FieldFormats
{
    public const string Date = "vn-date";
    public const string PersonalNumber = "vn-personal-number";
    public const string TaxCode = "vn-tax-code";
    public const string Money = "vn-money";

    /// <summary>Largest amount that can be typed, in đồng.</summary>
    public const long MostMoney = 1_000_000_000_000_000;

    /// <summary>Stands for the personal number that identity keeps sealed for the owner: the draft holds a reference, not the number.</summary>
    public const string OwnersNumber = "@owner";

    public static readonly FrozenDictionary<string, FieldFormat> All = new FieldFormat[]
    {
        new(Date, t => ParseDate(t) is not null, "nhập ngày có thật theo dạng năm-tháng-ngày, ví dụ 1985-04-12", "give a real date as year-month-day, e.g. 1985-04-12"),
        new(PersonalNumber, t => t == OwnersNumber || (t.Length == 12 && t.All(char.IsAsciiDigit)), "số định danh cá nhân gồm đúng 12 chữ số", "a personal number has exactly 12 digits"),
        new("vn-phone", t => Phone().IsMatch(t), "nhập số điện thoại Việt Nam đang dùng, ví dụ 0912345678 hoặc 02033825555", "give a Vietnamese number in use, e.g. 0912345678 or 02033825555"),
        new(TaxCode, IsTaxCode, "mã số thuế có 10 số, 10 số và mã đơn vị phụ thuộc (0100109106-001), hoặc 12 số của cá nhân", "a tax code has 10 digits, 10 and a branch (0100109106-001), or the 12 of a person"),
        new("vn-map-sheet", t => MapSheet().IsMatch(t), "số tờ bản đồ gồm 1 đến 4 chữ số, không bắt đầu bằng 0", "a map sheet number has 1 to 4 digits and does not begin with 0"),
        new("vn-parcel", t => Parcel().IsMatch(t), "số thửa đất gồm 1 đến 6 chữ số, không bắt đầu bằng 0", "a parcel number has 1 to 6 digits and does not begin with 0"),
        new("vn-unit-code", t => t.Length == 5 && t.All(char.IsAsciiDigit), "chọn phường, xã, đặc khu trong danh sách", "choose the ward or commune from the list"),
        new(Money, t => long.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var dong) && dong <= MostMoney, "nhập số tiền bằng đồng, không có phần lẻ, ví dụ 1500000000", "give the amount in whole đồng, e.g. 1500000000"),
        new("email", t => t.Length <= 254 && Email().IsMatch(t), "nhập địa chỉ thư điện tử, ví dụ ten@example.vn", "give an e-mail address, e.g. name@example.vn"),
    }.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>Null unless it is a real day that can stand in a dossier.</summary>
    public static DateOnly? ParseDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1850 and <= 2200 ? day : null;

    /// <summary>The check digit that the first nine ask for; null when the rule gives ten, which is never issued.</summary>
    public static int? TaxCheckDigit(string code)
    {
        int[] weights = [31, 29, 23, 19, 17, 13, 7, 5, 3];
        var digit = 10 - (weights.Select((w, i) => w * (code[i] - '0')).Sum() % 11);
        return digit == 10 ? null : digit;
    }

    private static bool IsTaxCode(string text) => Tax().IsMatch(text) && !text.EndsWith("-000", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?:(?:\+84|0)(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])[0-9]{7}|(?:\+84|0)2[0-9]{9})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Phone();

    [GeneratedRegex(@"^(?:[0-9]{10}(?:-[0-9]{3})?|[0-9]{12})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tax();

    [GeneratedRegex(@"^[1-9][0-9]{0,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex MapSheet();

    [GeneratedRegex(@"^[1-9][0-9]{0,5}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Parcel();

    [GeneratedRegex(@"^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Email();
}

/// <summary>A format by name, and its half sentences: what to do.</summary>
internal sealed record FieldFormat(string Name, Func<string, bool> Fits, string Vi, string En);
