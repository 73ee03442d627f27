namespace HaLong.Payments.Tests.Money;

/// <summary>Reads an amount in words back into a number, word by word: another way than the one it was written by.</summary>
internal static class WordReader
{
    private static readonly Dictionary<string, int> Values = new()
    {
        ["không"] = 0,
        ["một"] = 1,
        ["mốt"] = 1,
        ["hai"] = 2,
        ["ba"] = 3,
        ["bốn"] = 4,
        ["tư"] = 4,
        ["năm"] = 5,
        ["lăm"] = 5,
        ["sáu"] = 6,
        ["bảy"] = 7,
        ["tám"] = 8,
        ["chín"] = 9,
    };

    public static long Read(string words)
    {
        long total = 0, below = 0, group = 0, digit = 0;
        foreach (var word in words.ToLowerInvariant().Split(' '))
        {
            switch (word)
            {
                case "trăm":
                    (group, digit) = (digit * 100, 0);
                    break;
                case "mươi":
                    (group, digit) = (group + (digit * 10), 0);
                    break;
                case "mười":
                    group += 10;
                    break;
                case "linh" or "lẻ":
                    break;
                case "nghìn":
                    (below, group, digit) = (below + ((group + digit) * 1_000), 0, 0);
                    break;
                case "triệu":
                    (below, group, digit) = (below + ((group + digit) * 1_000_000), 0, 0);
                    break;
                case "tỷ":
                    (total, below, group, digit) = ((total + below + group + digit) * 1_000_000_000, 0, 0, 0);
                    break;
                case "đồng":
                    return total + below + group + digit;
                default:
                    digit = Values[word];
                    break;
            }
        }
        throw new FormatException(words);
    }
}
