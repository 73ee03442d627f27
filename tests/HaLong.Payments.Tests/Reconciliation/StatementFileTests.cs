using System.Text;
using HaLong.Payments.Reconciliation;

namespace HaLong.Payments.Tests.Reconciliation;

/// <summary>What our CSV and the bank's XML say, and everything that is wrong with them.</summary>
public sealed class StatementFileTests
{
    private const string Good = """"
        account,970436,001,VND,2026-11-29,2026-11-30,1000,141000
        booked_on,bank_reference,credit,debit,reversal,text
        2026-11-29,FT1,150000,,,"HLQ7K3M9XW2P, ""phí"""
        2026-11-30,FT2,,10000,Y,hoan

        """";

    [Fact]
    public void A_csv_statement_is_read_with_signs_and_quotes()
    {
        var (draft, faults) = Csv(Good);
        Assert.False(faults.Any);
        Assert.Equal(("970436", "001", new DateOnly(2026, 11, 29), new DateOnly(2026, 11, 30), 1000L, 141000L), (draft!.Bin, draft.Account, draft.From, draft.To, draft.Opening, draft.Closing));
        Assert.Equal(
            [new EntryDraft(3, draft.From, "FT1", 150_000, false, "HLQ7K3M9XW2P, \"phí\""), new EntryDraft(4, draft.To, "FT2", -10_000, true, "hoan")], draft.Entries);
        Assert.Equal(["HLQ7K3M9XW2P", "HOAN"], draft.Entries.Select(e => e.MatchKey));
    }

    [Theory]
    [InlineData("hl q7k3m9xw2p", "HLQ7K3M9XW2P")]
    [InlineData("nop NQQ7K3M9XW2P x", "NQQ7K3M9XW2P")]
    [InlineData("HOAN PHI 0123456789AB.", "HOANPHI0123456789AB")]
    [InlineData("HLQ7K3M9XW2P HLQ7K3M9XW2Q", "HLQ7K3M9XW2PHLQ7K3M9XW2Q")]
    [InlineData("", "")]
    public void The_key_is_the_one_reference_in_the_text_or_the_text(string text, string key) =>
        Assert.Equal(key, new EntryDraft(1, default, "x", 1, false, text).MatchKey);

    [Fact]
    public void All_faults_are_told_at_once_by_line()
    {
        var (_, faults) = Csv("""
            account,970436,001,USD,2026-11-29,2026-11-30,0,5
            booked_on,bank_reference,credit,debit,reversal,text
            2026-11-29,FT1,150000,,,a
            2026-13-29,FT2,1,,,a
            2026-11-29,FT1,1,,,a
            2026-11-29,FT3,1,1,,a
            2026-11-29,FT4,1.5,,,a
            2026-11-28,FT5,1,,,a
            2026-11-29,,1,,X,a
            2026-11-29,FT6,1,,a
            2026-11-29,FT7,1,,,"a
            """);
        var error = faults.ToError();
        Assert.Equal("PAY-0803", error.Code);
        Assert.Equal(["line 1", "line 4", "line 5", "line 6", "line 7", "line 8", "line 9", "line 10", "line 11"], error.FieldMessages.Select(f => f.Field).Distinct());
        Assert.Equal(2, error.Fields["line 1"].Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("account,970436,001,VND\n")]
    [InlineData("account,970436,001,VND,2026-11-29,2026-11-30,0,0\nother\n")]
    public void What_does_not_begin_as_it_should_is_no_statement(string text) => Assert.Equal((true, true), (Csv(text).Draft is null, Csv(text).Faults.Any));

    [Fact]
    public void Long_lists_of_faults_are_cut_and_say_so()
    {
        var faults = new Faults();
        for (var line = 1; line <= 130; line++)
            faults.Add(line, "a", "a");
        var error = faults.ToError();
        Assert.Equal(101, error.FieldMessages.Count);
        Assert.Equal("30 more.", error.FieldMessages[^1].En);
    }

    [Fact]
    public void A_file_that_is_not_utf8_says_where()
    {
        var faults = new Faults();
        Assert.Null(CsvStatement.ReadStatement(new MemoryStream([0x61, 0xFF, 0xFE, 0x0A]), faults));
        Assert.True(faults.Any);
    }

    [Fact]
    public void A_report_must_have_as_many_transactions_and_as_much_as_it_says()
    {
        var faults = new Faults();
        const string Text = "provider,lab,2026-11-29,2026-11-29,2,30\nbooked_on,transaction_id,amount,text\n2026-11-29,T1,10,a\n2026-11-29,T2,20,b\n";
        Assert.Equal([10L, 20L], CsvStatement.ReadReport(Stream(Text), faults)!.Entries.Select(e => e.Amount));
        Assert.False(faults.Any);
        CsvStatement.ReadReport(Stream(Text.Replace(",2,30", ",3,30", StringComparison.Ordinal)), faults);
        Assert.True(faults.Any);
    }

    [Theory]
    [InlineData("camt.053.001.02", "<Sts>BOOK</Sts>", "<AmtDtls><TxAmt><Amt Ccy=\"VND\">{0}</Amt></TxAmt></AmtDtls>")]
    [InlineData("camt.053.001.08", "<Sts><Cd>BOOK</Cd></Sts>", "<Amt Ccy=\"VND\">{0}</Amt><CdtDbtInd>CRDT</CdtDbtInd>")]
    public void Both_versions_of_camt_are_read_batches_reversals_and_debits(string version, string booked, string amount)
    {
        var (draft, faults) = Camt(Xml(version, booked, amount));

        Assert.False(faults.Any);
        Assert.Equal((version, "001", 1000L, 241_000L), (draft!.Format, draft.Account, draft.Opening, draft.Closing));
        Assert.Equal(
            [("FT1", 150_000L, false), ("FT2A", 60_000L, false), ("B2/2", 40_000L, false), ("FT3", -5_000L, false), ("FT4", -5_000L, true)],
            draft.Entries.Select(e => (e.BankReference, e.Amount, e.Reversal)));
        Assert.Equal("HLQ7K3M9XW2P", draft.Entries[0].MatchKey);
        Assert.Equal("one two", draft.Entries[1].Text);
        Assert.All(draft.Entries, e => Assert.Equal(new DateOnly(2026, 11, 29), e.BookedOn));
    }

    [Theory]
    [InlineData("Ccy=\"VND\">150000.00", "Ccy=\"USD\">150000.00")]
    [InlineData(">150000.00<", ">150000.50<")]
    [InlineData(">60000<", ">59999<")]
    [InlineData("<AcctSvcrRef>FT1</AcctSvcrRef>", "")]
    [InlineData(">CLBD<", ">XXXX<")]
    [InlineData("Ccy=\"VND\">241000", "Ccy=\"VND\">241001")]
    [InlineData("<CdtDbtInd>DBIT</CdtDbtInd><RvslInd>", "<CdtDbtInd>BOTH</CdtDbtInd><RvslInd>")]
    [InlineData("<BookgDt><Dt>2026-11-29</Dt></BookgDt><AcctSvcrRef>FT3", "<AcctSvcrRef>FT3")]
    [InlineData("<Id><Othr><Id>001</Id></Othr></Id>", "")]
    [InlineData("camt.053.001.08", "camt.053.001.99")]
    [InlineData("</Stmt>", "")]
    [InlineData("</Stmt>", "</Stmt><Stmt/>")]
    public void What_is_wrong_in_camt_is_a_fault(string from, string to)
    {
        var xml = Xml("camt.053.001.08", "<Sts><Cd>BOOK</Cd></Sts>", "<Amt Ccy=\"VND\">{0}</Amt><CdtDbtInd>CRDT</CdtDbtInd>");
        Assert.Contains(from, xml, StringComparison.Ordinal);
        Assert.True(Camt(xml.Replace(from, to, StringComparison.Ordinal)).Faults.Any);
    }

    [Theory]
    [InlineData("<!DOCTYPE Document [<!ENTITY x \"1\">]>")]
    [InlineData("<!DOCTYPE Document SYSTEM \"file:///etc/passwd\">")]
    [InlineData("<!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>")]
    public void Document_types_and_entities_are_refused_unread(string doctype)
    {
        var (draft, faults) = Camt(doctype + Xml("camt.053.001.02", "<Sts>BOOK</Sts>", "<AmtDtls><TxAmt><Amt Ccy=\"VND\">{0}</Amt></TxAmt></AmtDtls>").Replace(">001<", ">&x;<", StringComparison.Ordinal));
        Assert.Null(draft);
        Assert.True(faults.Any);
    }

    [Fact]
    public void What_is_pending_is_no_movement()
    {
        var (draft, _) = Camt(Xml("camt.053.001.08", "<Sts><Cd>PDNG</Cd></Sts>", "<Amt Ccy=\"VND\">{0}</Amt><CdtDbtInd>CRDT</CdtDbtInd>"));
        Assert.Empty(draft!.Entries);
    }

    private static (StatementDraft? Draft, Faults Faults) Csv(string text)
    {
        var faults = new Faults();
        var draft = CsvStatement.ReadStatement(Stream(text), faults);
        draft?.Check(faults);
        return (draft, faults);
    }

    private static (StatementDraft? Draft, Faults Faults) Camt(string text)
    {
        var faults = new Faults();
        var draft = CamtStatement.Read(Stream(text), faults);
        draft?.Check(faults);
        return (draft, faults);
    }

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")));

    internal static string Xml(string version, string booked, string amount, string account = "001", string day = "2026-11-29", string prefix = "") => $"""
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:{version}"><BkToCstmrStmt>
        <GrpHdr><MsgId>1</MsgId><CreDtTm>{day}T18:00:00+07:00</CreDtTm></GrpHdr>
        <Stmt><Id>1</Id><FrToDt><FrDtTm>{day}T00:00:00</FrDtTm><ToDtTm>{day}T23:59:59+07:00</ToDtTm></FrToDt>
        <Acct><Id><Othr><Id>{account}</Id></Othr></Id><Ccy>VND</Ccy></Acct>
        <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="VND">1000</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>
        <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="VND">241000</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>
        <Ntry><NtryRef>1</NtryRef><Amt Ccy="VND">150000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>{booked}<BookgDt><DtTm>{day}T09:00:00+07:00</DtTm></BookgDt><AcctSvcrRef>{prefix}FT1</AcctSvcrRef>
          <NtryDtls><TxDtls><RmtInf><Ustrd>hl q7k3m9xw2p</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
        <Ntry><Amt Ccy="VND">100000</Amt><CdtDbtInd>CRDT</CdtDbtInd>{booked}<BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>{prefix}B2</AcctSvcrRef><NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>
          <TxDtls><Refs><AcctSvcrRef>{prefix}FT2A</AcctSvcrRef></Refs>{amount.Replace("{0}", "60000", StringComparison.Ordinal)}<RmtInf><Ustrd>one</Ustrd><Ustrd>two</Ustrd></RmtInf></TxDtls>
          <TxDtls>{amount.Replace("{0}", "40000", StringComparison.Ordinal)}<AddtlTxInf>three</AddtlTxInf></TxDtls></NtryDtls></Ntry>
        <Ntry><Amt Ccy="VND">5000</Amt><CdtDbtInd>DBIT</CdtDbtInd>{booked}<BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>{prefix}FT3</AcctSvcrRef><AddtlNtryInf>fee</AddtlNtryInf></Ntry>
        <Ntry><Amt Ccy="VND">5000</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd>{booked}<BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>{prefix}FT4</AcctSvcrRef></Ntry>
        </Stmt></BkToCstmrStmt></Document>
        """;
}
