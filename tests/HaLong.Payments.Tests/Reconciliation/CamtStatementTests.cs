using System.Text;
using System.Xml.Linq;
using HaLong.Payments.Reconciliation;

namespace HaLong.Payments.Tests.Reconciliation;

/// <summary>A camt statement line by line: which line a fault names, what is no movement, and how a batch falls apart.</summary>
public sealed class CamtStatementTests
{
    private const string Account = "<Acct><Id><Othr><Id>001</Id></Othr></Id><Ccy>VND</Ccy></Acct>";

    [Fact]
    public void A_fault_names_the_line_on_which_its_entry_begins()
    {
        var (_, faults) = Read(Statement(0, Entry(1, "A"), Entry(1, "B").Replace("<Sts>", "\n<Amt>\n</Amt><Sts>", StringComparison.Ordinal).Replace("CRDT", "BOTH", StringComparison.Ordinal), Entry(1, "C"), Entry(1, "")));
        Assert.Equal(["line 6", "line 10"], Fields(faults).Distinct());
    }

    [Fact]
    public void Everything_that_is_wrong_with_an_entry_is_told_at_once()
    {
        var (_, faults) = Read(Statement(0, "<Ntry><Amt Ccy=\"USD\">5</Amt><Sts>BOOK</Sts></Ntry>"));
        Assert.Equal(
            ["The currency must be VND.", "The booking date is missing.", "The bank's number is missing (AcctSvcrRef).", "CdtDbtInd must be CRDT or DBIT."],
            faults.ToError().FieldMessages.Where(f => f.Field == "line 5").Select(f => f.En));
    }

    [Fact]
    public void An_account_in_another_currency_is_a_fault_and_one_without_says_it_with_its_amounts()
    {
        Assert.Equal(["line 2"], Fields(Read(Statement(0).Replace("<Ccy>VND<", "<Ccy>USD<", StringComparison.Ordinal)).Faults));
        Assert.False(Read(Statement(0).Replace("<Ccy>VND</Ccy>", "", StringComparison.Ordinal)).Faults.Any);
    }

    [Theory]
    [InlineData("PDNG")]
    [InlineData("INFO")]
    [InlineData("FUTR")]
    [InlineData("")]
    public void What_is_not_booked_is_no_movement_whatever_it_says(string status)
    {
        var (draft, faults) = Read(Statement(5, Entry(5, "A"), Entry(7, "B").Replace("BOOK", status, StringComparison.Ordinal).Replace("VND", "USD", StringComparison.Ordinal)));
        Assert.Equal("A", Assert.Single(draft!.Entries).BankReference);
        Assert.False(faults.Any);
    }

    [Theory]
    [InlineData("970436", "970436")]
    [InlineData("BFTVVNVX", null)]
    [InlineData("01201", null)]
    [InlineData("", null)]
    public void Only_a_number_of_six_is_that_of_a_bank(string member, string? bin)
    {
        var (draft, _) = Read(Statement(0).Replace("</Acct>", $"<Svcr><FinInstnId><ClrSysMmbId><MmbId>{member}</MmbId></ClrSysMmbId></FinInstnId></Svcr></Acct>", StringComparison.Ordinal));
        Assert.Equal(bin, draft!.Bin);
    }

    [Theory]
    [InlineData("OPBD", "CRDT", 20)]
    [InlineData("PRCD", "CRDT", 20)]
    [InlineData("OPBD", "DBIT", -20)]
    public void The_opening_balance_has_two_names_and_may_be_overdrawn(string name, string indicator, long opening)
    {
        var (draft, faults) = Read(Statement(opening + 5, Entry(5, "A")).Replace(Balance("OPBD", 0), Balance(name, 20).Replace("CRDT", indicator, StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Equal((opening, opening + 5), (draft!.Opening, draft.Closing));
        Assert.False(faults.Any);
    }

    [Fact]
    public void Other_balances_and_unknown_elements_say_nothing()
    {
        var (draft, faults) = Read(Statement(5, Balance("CLAV", 99), Balance("ITBD", 98), "<TxsSummry><TtlNtries><NbOfNtries>9</NbOfNtries></TtlNtries></TxsSummry>", Entry(5, "A")));
        Assert.Equal((0L, 5L), (draft!.Opening, draft.Closing));
        Assert.False(faults.Any);
    }

    [Fact]
    public void Without_a_period_it_is_from_the_first_movement_to_the_day_of_the_closing_balance()
    {
        var (draft, _) = Read(Statement(8, Entry(5, "A"), Entry(3, "B").Replace("2026-11-29", "2026-11-27", StringComparison.Ordinal)));
        Assert.Equal((new DateOnly(2026, 11, 27), new DateOnly(2026, 11, 30)), (draft!.From, draft.To));
    }

    [Fact]
    public void Each_transaction_of_a_batch_goes_the_way_of_the_batch_and_is_a_reversal_when_it_is()
    {
        var (draft, faults) = Read(Statement(-6, Entry(6, "B").Replace("CRDT", "DBIT", StringComparison.Ordinal).Replace("</Ntry>", "<RvslInd>true</RvslInd>" + Details(1, 2, 3) + "</Ntry>", StringComparison.Ordinal)));
        Assert.Equal([("B/1", -1L, true, 5), ("B/2", -2L, true, 5), ("B/3", -3L, true, 5)], draft!.Entries.Select(e => (e.BankReference, e.Amount, e.Reversal, e.Line)));
        Assert.False(faults.Any);
    }

    [Theory]
    [InlineData(1, 2, 4)]
    [InlineData(1, 2, 2)]
    [InlineData(6, 0, 1)]
    public void A_batch_is_the_sum_of_its_transactions(long one, long two, long three) =>
        Assert.Contains("The transactions of the batch do not make its amount.", Read(Statement(6, Entry(6, "B").Replace("</Ntry>", Details(one, two, three) + "</Ntry>", StringComparison.Ordinal)))
            .Faults.ToError().FieldMessages.Where(f => f.Field == "line 5").Select(f => f.En));

    [Fact]
    public void Characters_of_xml_in_a_text_are_no_entities_of_a_document_type()
    {
        var (draft, faults) = Read(Statement(5, Entry(5, "A").Replace("</Ntry>", "<AddtlNtryInf>Cty A &amp; B &lt;ph&#237;&gt; &quot;1&quot; <![CDATA[<2>]]></AddtlNtryInf></Ntry>", StringComparison.Ordinal)));
        Assert.Equal("Cty A & B <phí> \"1\" <2>", Assert.Single(draft!.Entries).Text);
        Assert.False(faults.Any);
    }

    [Theory]
    [InlineData("<a/>")]
    [InlineData("<Document/>")]
    [InlineData("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\"/>")]
    [InlineData("<BkToCstmrStmt xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"/>")]
    [InlineData("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"/>")]
    [InlineData("")]
    [InlineData("account,970436")]
    public void What_is_another_message_is_refused_at_its_first_line(string xml)
    {
        var (draft, faults) = Read(xml);
        Assert.Null(draft);
        Assert.Equal(["line 1"], Fields(faults));
    }

    [Fact]
    public void A_file_that_was_cut_names_where_it_ends()
    {
        var whole = Statement(2, Entry(1, "A"), Entry(1, "B"));
        var (draft, faults) = Read(whole[..whole.IndexOf("</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-29</Dt></BookgDt><AcctSvcrRef>B", StringComparison.Ordinal)]);
        Assert.Null(draft);
        Assert.Equal(["line 6"], Fields(faults));
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00+07:00")]
    [InlineData("0001-01-01T00:00:00Z")]
    public void A_time_at_the_end_of_all_times_stops_nothing(string time)
    {
        var part = new CamtPart(XElement.Parse($"<Ntry><BookgDt><DtTm>{time}</DtTm></BookgDt></Ntry>"), 1, new Faults());
        Assert.True(part.Day("BookgDt") is not { } day || day.Year is 1 or 9999);
    }

    private static string Entry(long amount, string number) =>
        $"<Ntry><Amt Ccy=\"VND\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-29</Dt></BookgDt><AcctSvcrRef>{number}</AcctSvcrRef></Ntry>";

    private static string Details(params long[] amounts) => $"<NtryDtls>{string.Concat(amounts.Select(a => $"<TxDtls><Amt Ccy=\"VND\">{a}</Amt></TxDtls>"))}</NtryDtls>";

    private static string Balance(string name, long amount) =>
        $"<Bal><Tp><CdOrPrtry><Cd>{name}</Cd></CdOrPrtry></Tp><Amt Ccy=\"VND\">{Math.Abs(amount)}</Amt><CdtDbtInd>{(amount < 0 ? "DBIT" : "CRDT")}</CdtDbtInd><Dt><Dt>2026-11-30</Dt></Dt></Bal>";

    // The children of the statement begin on line 2, the first entry on line 5.
    private static string Statement(long closing, params string[] parts) => string.Join('\n',
        ["<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><Stmt>", Account, Balance("OPBD", 0), Balance("CLBD", closing), .. parts, "</Stmt></BkToCstmrStmt></Document>"]);

    private static (StatementDraft? Draft, Faults Faults) Read(string xml)
    {
        var faults = new Faults();
        return (CamtStatement.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)), faults), faults);
    }

    private static IEnumerable<string> Fields(Faults faults) => faults.ToError().FieldMessages.Select(f => f.Field);
}
