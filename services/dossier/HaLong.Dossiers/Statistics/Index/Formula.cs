using System.Globalization;

namespace HaLong.Dossiers.Statistics.Index;

/// <summary>A formula over named counts, as the definitions of indicators are written: <c>+ - * ( )</c>, numbers and <c>max(a, b)</c>.</summary>
internal sealed class Formula
{
    private readonly Func<IReadOnlyDictionary<string, decimal>, decimal> value;

    private Formula(string text, IReadOnlyList<string> inputs, Func<IReadOnlyDictionary<string, decimal>, decimal> value) => (Text, Inputs, this.value) = (text, inputs, value);

    /// <summary>As it is written.</summary>
    public string Text { get; }

    /// <summary>The counts it needs.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <exception cref="FormatException">It says nothing that can be counted.</exception>
    public static Formula Parse(string text)
    {
        var reader = new Reader(text);
        var value = reader.Sum();
        reader.End();
        return new Formula(text, [.. reader.Names.Distinct(StringComparer.Ordinal)], value);
    }

    /// <summary>Null when a count is not known.</summary>
    public decimal? Of(IReadOnlyDictionary<string, decimal> counts) => Inputs.All(counts.ContainsKey) ? value(counts) : null;

    private sealed class Reader(string text)
    {
        private int at;

        public List<string> Names { get; } = [];

        public Func<IReadOnlyDictionary<string, decimal>, decimal> Sum()
        {
            var left = Product();
            while (Take('+') is var plus && (plus || Take('-')))
            {
                var (first, second, sign) = (left, Product(), plus ? 1 : -1);
                left = counts => first(counts) + (sign * second(counts));
            }

            return left;
        }

        public void End()
        {
            Skip();
            if (at < text.Length)
                throw new FormatException($"“{text}” is not understood from “{text[at..]}” on.");
        }

        private Func<IReadOnlyDictionary<string, decimal>, decimal> Product()
        {
            var left = Operand();
            while (Take('*'))
            {
                var (first, second) = (left, Operand());
                left = counts => first(counts) * second(counts);
            }

            return left;
        }

        private Func<IReadOnlyDictionary<string, decimal>, decimal> Operand()
        {
            if (Take('('))
                return Closed(Sum());
            var word = Word();
            if (decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return _ => number;
            if (word == "max" && Take('('))
            {
                var first = Sum();
                Expect(',');
                var second = Sum();
                return Closed(counts => Math.Max(first(counts), second(counts)));
            }

            Names.Add(word);
            return counts => counts[word];
        }

        private Func<IReadOnlyDictionary<string, decimal>, decimal> Closed(Func<IReadOnlyDictionary<string, decimal>, decimal> inner)
        {
            Expect(')');
            return inner;
        }

        private string Word()
        {
            Skip();
            var start = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '.'))
                at++;
            return at > start ? text[start..at] : throw new FormatException($"“{text}” lacks a count or a number at {start}.");
        }

        private void Expect(char c)
        {
            if (!Take(c))
                throw new FormatException($"“{text}” lacks “{c}” at {at}.");
        }

        private bool Take(char c)
        {
            Skip();
            if (at >= text.Length || text[at] != c)
                return false;
            at++;
            return true;
        }

        private void Skip()
        {
            while (at < text.Length && text[at] == ' ')
                at++;
        }
    }
}
