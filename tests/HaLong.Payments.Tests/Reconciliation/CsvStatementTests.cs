using System.Text;
using HaLong.Payments.Ledger;
using HaLong.Payments.Reconciliation;

namespace HaLong.Payments.Tests.Reconciliation;

/// <summary>The cells of our CSV: what is a day, an amount, a direction, and which line is to blame.</summary>
public sealed class CsvStatementTests
{
    private const string Head = "account,970436,001,VND,2026-11-29,2026-11-30,0,5\n";
    private const string Columns = "booked_on,bank_reference,credit,debit,reversal,text\n";

    [Fact]
    public void Line_ends_and_a_byte_order_mark_change_nothing()
    {
        var text = Head + Columns + "2026-11-29,FT1,5,,,\"a, \"\"b\"\"\"\n";
        var plain = Read(Encoding.UTF8.GetBytes(text)).Draft!.Entries;
        foreach (var other in new[] { text.ReplaceLineEndings("\r\n"), "\uFEFF" + text, "\uFEFF" + text.ReplaceLineEndings("\r\n"), text.TrimEnd() })
        {
            var (draft, faults) = Read(Encoding.UTF8.GetBytes(other));
            Assert.False(faults.Any);
            Assert.Equal(plain, draft!.Entries);
        }
    }

    [Fact]
    public void Another_encoding_is_refused_also_when_it_says_what_it_is()
    {
        foreach (var encoding in new Encoding[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            var (draft, faults) = Read([.. encoding.GetPreamble(), .. encoding.GetBytes(Head + Columns)]);
            Assert.Null(draft);
            Assert.True(faults.Any);
        }
    }

    [Theory]
    [InlineData("5", "", 5)]
    [InlineData("5", "0", 5)]
    [InlineData("", "5", -5)]
    [InlineData("0", "5", -5)]
    [InlineData("9999999999999", "", 9_999_999_999_999)]
    public void One_of_credit_and_debit_is_the_amount(string credit, string debit, long amount)
    {
        var (entry, faults) = One($"2026-11-29,FT1,{credit},{debit},,a");
        Assert.Empty(faults);
        Assert.Equal(amount, entry!.Amount);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("0", "0")]
    [InlineData("5", "5")]
    [InlineData("-5", "")]
    [InlineData("", "-5")]
    [InlineData("-9223372036854775808", "9223372036854775807")]
    [InlineData("9223372036854775808", "")]
    [InlineData("1.0", "")]
    [InlineData("\"1,000\"", "")]
    [InlineData("1 000", "")]
    [InlineData(" 5", "")]
    [InlineData("5đ", "")]
    [InlineData("0x10", "")]
    [InlineData("１２", "")]
    public void Anything_else_is_a_fault_of_its_line(string credit, string debit) =>
        Assert.All(One($"2026-11-29,FT1,{credit},{debit},,a", faulty: true).Faults, f => Assert.Equal("line 3", f));

    [Theory]
    [InlineData("2026-2-9")]
    [InlineData("29/11/2026")]
    [InlineData("20261129")]
    [InlineData("2026-02-29")]
    [InlineData("2026-11-29 ")]
    [InlineData("2026-11-29T00:00:00")]
    [InlineData("")]
    public void A_day_has_one_form(string day) => Assert.Equal(["line 3"], One($"{day},FT1,5,,,a", faulty: true).Faults);

    [Theory]
    [InlineData("1999-12-31", false)]
    [InlineData("0001-01-01", false)]
    [InlineData("2000-01-01", true)]
    public void Nothing_is_reconciled_before_the_first_day(string day, bool good)
    {
        Assert.Equal(good, LedgerArea.Day(day, default).IsSuccess);
        var (draft, faults) = Read(Encoding.UTF8.GetBytes($"account,970436,001,VND,{day},{day},0,5\n{Columns}{day},FT1,5,,,a\n"));
        draft!.Check(faults);
        Assert.Equal(good ? [] : ["line 1"], Fields(faults));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("Y", true)]
    [InlineData("y", false)]
    [InlineData("N", false)]
    [InlineData("true", false)]
    [InlineData(" Y", false)]
    public void A_reversal_is_marked_by_one_letter(string mark, bool good)
    {
        var (entry, faults) = One($"2026-11-29,FT1,5,,{mark},a", faulty: !good);
        Assert.Equal(good, faults.Count == 0);
        Assert.Equal(mark == "Y", entry!.Reversal);
    }

    [Theory]
    [InlineData("2026-11-29,FT1,5,,")]
    [InlineData("2026-11-29,FT1,5,,,a,b")]
    [InlineData("2026-11-29;FT1;5;;;a")]
    public void A_line_has_the_cells_of_its_columns_or_is_left_out(string line)
    {
        var (entry, faults) = One(line, faulty: true);
        Assert.Null(entry);
        Assert.Equal(["line 3"], faults);
    }

    [Fact]
    public void A_text_counts_by_characters_and_keeps_its_blanks_while_a_number_loses_them()
    {
        var (entry, faults) = One($"2026-11-29, FT1 ,5,,, {new string('ệ', 498)} ");
        Assert.Empty(faults);
        Assert.Equal(("FT1", 500), (entry!.BankReference, entry.Text.Length));
        Assert.Equal(["line 3"], One($"2026-11-29,FT1,5,,,{new string('ệ', 501)}", faulty: true).Faults);
        Assert.Equal(["line 3"], One($"2026-11-29,{new string('9', 101)},5,,,a", faulty: true).Faults);
    }

    [Theory]
    [InlineData("\n" + Head + Columns, "line 1")]
    [InlineData("Account,970436,001,VND,2026-11-29,2026-11-30,0,5\n" + Columns, "line 1")]
    [InlineData("provider,lab,2026-11-29,2026-11-29,0,0\n" + Columns, "line 1")]
    [InlineData(Head, "line 2")]
    [InlineData(Head + "bank_reference,booked_on,credit,debit,reversal,text\n", "line 2")]
    [InlineData(Head + "Booked_on,bank_reference,credit,debit,reversal,text\n", "line 2")]
    public void The_first_two_lines_say_what_the_file_is(string text, string line)
    {
        var (draft, faults) = Read(Encoding.UTF8.GetBytes(text));
        Assert.Null(draft);
        Assert.Equal([line], Fields(faults));
    }

    [Theory]
    [InlineData("2,10", "T1,20", "T2,-10", false)]
    [InlineData("2,30", "T1,20", "T2,-10", true)]
    [InlineData("3,10", "T1,20", "T2,-10", true)]
    [InlineData("2,20", "T1,20", "T2,", true)]
    [InlineData("2,20", "T1,20", "T2,0.0", true)]
    public void A_report_counts_what_was_given_back_too_and_its_sum_fits(string sums, string one, string other, bool wrong)
    {
        var faults = new Faults();
        var text = $"provider,lab,2026-11-29,2026-11-29,{sums}\nbooked_on,transaction_id,amount,text\n2026-11-29,{one},a\n2026-11-29,{other},b\n";
        var draft = CsvStatement.ReadReport(new MemoryStream(Encoding.UTF8.GetBytes(text)), faults);
        Assert.Equal(("lab", null, wrong), (draft!.Account, draft.Bin, faults.Any));
    }

    private static (EntryDraft? Entry, List<string> Faults) One(string line, bool faulty = false)
    {
        var (draft, faults) = Read(Encoding.UTF8.GetBytes(Head + Columns + line + "\n"));
        // The balances are not what is looked at here.
        (draft! with { Opening = null, Closing = null }).Check(faults);
        Assert.Equal(faulty, faults.Any);
        return (draft!.Entries.Count == 0 ? null : draft.Entries[0], [.. Fields(faults).Distinct()]);
    }

    private static (StatementDraft? Draft, Faults Faults) Read(byte[] bytes)
    {
        var faults = new Faults();
        return (CsvStatement.ReadStatement(new MemoryStream(bytes), faults), faults);
    }

    private static IEnumerable<string> Fields(Faults faults) => faults.ToError().FieldMessages.Select(f => f.Field);
}
