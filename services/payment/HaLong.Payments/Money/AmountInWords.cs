using System.Text;

namespace HaLong.Payments.Money;

/// <summary>How a zero between hundreds and ones is read: one hundred and five is "một trăm linh năm" in the north, "một trăm lẻ năm" in the south.</summary>
internal enum Dialect
{
    Northern,
    Southern,
}

/// <summary>
/// An amount of đồng in Vietnamese words, as receipts must carry it beside the figures. Groups of three digits are read from the left; groups of
/// nothing are left out; after the first group every group that is read says its hundreds ("không trăm"). Billions count anew:
/// "một nghìn tỷ", "một tỷ tỷ".
/// </summary>
internal static class AmountInWords
{
    private const long Billion = 1_000_000_000;

    private static readonly string[] Digits = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
    private static readonly string[] Groups = ["triệu", "nghìn", ""];

    /// <summary>For example "Một trăm năm mươi nghìn đồng".</summary>
    /// <param name="amount">Whole đồng; a negative one begins with "âm".</param>
    /// <param name="dialect">Which word stands for a zero in the tens.</param>
    public static string Of(long amount, Dialect dialect = Dialect.Northern)
    {
        var words = new StringBuilder();
        if (amount == 0)
            words.Append(Digits[0]);
        else
            Billions(words, Math.Abs((decimal)amount), dialect);
        Add(words, "đồng");
        if (amount < 0)
            words.Insert(0, "âm ");
        words[0] = char.ToUpperInvariant(words[0]);
        return words.ToString();
    }

    private static void Billions(StringBuilder words, decimal amount, Dialect dialect)
    {
        var (high, low) = (decimal.Truncate(amount / Billion), (int)(amount % Billion));
        if (high > 0)
        {
            Billions(words, high, dialect);
            Add(words, "tỷ");
        }
        var divisor = 1_000_000;
        foreach (var name in Groups)
        {
            var group = low / divisor % 1000;
            divisor /= 1000;
            if (group == 0)
                continue;
            Group(words, group, words.Length > 0, dialect);
            Add(words, name);
        }
    }

    private static void Group(StringBuilder words, int group, bool full, Dialect dialect)
    {
        var (hundreds, tens, ones) = (group / 100, group / 10 % 10, group % 10);
        full |= hundreds > 0;
        if (full)
            Add(words, Digits[hundreds] + " trăm");
        switch (tens)
        {
            case 0 when ones > 0 && full:
                Add(words, dialect == Dialect.Northern ? "linh" : "lẻ");
                break;
            case 1:
                Add(words, "mười");
                break;
            case > 1:
                Add(words, Digits[tens] + " mươi");
                break;
        }
        if (ones > 0)
            Add(words, Ones(tens, ones));
    }

    private static string Ones(int tens, int ones) => (tens, ones) switch
    {
        ( > 1, 1) => "mốt",
        ( > 1, 4) => "tư",
        ( > 0, 5) => "lăm",
        _ => Digits[ones],
    };

    private static void Add(StringBuilder words, string word)
    {
        if (word.Length == 0)
            return;
        if (words.Length > 0)
            words.Append(' ');
        words.Append(word);
    }
}
