using System.Xml.Linq;
using HaLong.Payments.Reconciliation;

namespace HaLong.Payments.Tests.Reconciliation;

/// <summary>The parts of a camt statement as different banks write them.</summary>
public sealed class CamtPartTests
{
    [Theory]
    [InlineData("<Dt>2026-11-29</Dt>", "2026-11-29")]
    [InlineData("<DtTm>2026-11-29T23:30:00</DtTm>", "2026-11-29")]
    [InlineData("<DtTm>2026-11-29T23:30:00+07:00</DtTm>", "2026-11-29")]
    [InlineData("<DtTm>2026-11-29T16:59:59Z</DtTm>", "2026-11-29")]
    [InlineData("<DtTm>2026-11-29T17:00:00Z</DtTm>", "2026-11-30")]
    [InlineData("2026-11-29T08:00:00.123+07:00", "2026-11-29")]
    public void A_day_is_the_local_one(string xml, string day)
    {
        var (part, faults) = Part($"<Ntry><BookgDt>{xml}</BookgDt></Ntry>");
        Assert.Equal(day, Imports.Iso(part.Day("BookgDt")!.Value));
        Assert.False(faults.Any);
    }

    [Theory]
    [InlineData("<Dt>29/11/2026</Dt>")]
    [InlineData("<Dt>2026-02-30</Dt>")]
    [InlineData("<Dt></Dt>")]
    public void What_is_no_day_is_a_fault(string xml)
    {
        var (part, faults) = Part($"<Ntry><BookgDt>{xml}</BookgDt></Ntry>");
        Assert.Null(part.Day("BookgDt"));
        Assert.True(faults.Any);
    }

    [Theory]
    [InlineData("150000", 150_000)]
    [InlineData("150000.00", 150_000)]
    [InlineData("0", 0)]
    [InlineData("9999999999999", 9_999_999_999_999)]
    public void An_amount_is_whole(string text, long amount)
    {
        var (part, faults) = Part($"<Ntry><Amt Ccy=\"VND\">{text}</Amt></Ntry>");
        Assert.Equal(amount, part.Amount("Amt"));
        Assert.False(faults.Any);
    }

    [Theory]
    [InlineData("<Amt Ccy=\"VND\">0.5</Amt>")]
    [InlineData("<Amt Ccy=\"VND\">1,000</Amt>")]
    [InlineData("<Amt Ccy=\"VND\">-5</Amt>")]
    [InlineData("<Amt Ccy=\"VND\">1e3</Amt>")]
    [InlineData("<Amt Ccy=\"VND\">10000000000000</Amt>")]
    [InlineData("<Amt Ccy=\"VND\"></Amt>")]
    [InlineData("<Amt Ccy=\"EUR\">5</Amt>")]
    [InlineData("<Amt>5</Amt>")]
    [InlineData("")]
    public void Anything_else_is_a_fault(string xml)
    {
        var (part, faults) = Part($"<Ntry>{xml}</Ntry>");
        part.Amount("Amt");
        Assert.Equal("line 7", faults.ToError().FieldMessages[0].Field);
    }

    [Theory]
    [InlineData("CRDT", false, 5)]
    [InlineData("DBIT", false, -5)]
    [InlineData("CRDT", true, 5)]
    [InlineData("DBIT", true, -5)]
    public void The_indicator_is_the_direction_of_the_entry_also_of_a_reversal(string indicator, bool reversal, long amount)
    {
        var (part, faults) = Part($"<Ntry><Amt Ccy=\"VND\">5</Amt><CdtDbtInd>{indicator}</CdtDbtInd>{(reversal ? "<RvslInd>1</RvslInd>" : "<RvslInd>false</RvslInd>")}{Rest}</Ntry>");
        var entry = Assert.Single(part.Entries());
        Assert.Equal((amount, reversal), (entry.Amount, entry.Reversal));
        Assert.False(faults.Any);
    }

    [Fact]
    public void The_number_of_the_transaction_stands_in_for_that_of_the_entry()
    {
        var (part, faults) = Part("""
            <Ntry><NtryRef>1</NtryRef><Amt Ccy="VND">5</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-11-29</Dt></BookgDt>
            <NtryDtls><TxDtls><Refs><TxId>T9</TxId></Refs></TxDtls></NtryDtls></Ntry>
            """);
        Assert.Equal("T9", Assert.Single(part.Entries()).BankReference);
        Assert.False(faults.Any);
    }

    [Fact]
    public void A_batch_in_several_details_is_one_batch_and_may_hold_both_directions()
    {
        var (part, faults) = Part("""
            <Ntry><Amt Ccy="VND">70</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-11-29</Dt></BookgDt><AcctSvcrRef>B</AcctSvcrRef>
            <NtryDtls><TxDtls><Amt Ccy="VND">100</Amt><CdtDbtInd>CRDT</CdtDbtInd></TxDtls></NtryDtls>
            <NtryDtls><TxDtls><Amt Ccy="VND">30</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls></NtryDtls></Ntry>
            """);
        Assert.Equal([("B/1", 100L), ("B/2", -30L)], part.Entries().Select(e => (e.BankReference, e.Amount)));
        Assert.False(faults.Any);
    }

    [Fact]
    public void A_batch_without_any_number_is_a_fault()
    {
        var (part, faults) = Part("""
            <Ntry><Amt Ccy="VND">3</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-11-29</Dt></BookgDt>
            <NtryDtls><TxDtls><Refs><TxId>T1</TxId></Refs><Amt Ccy="VND">1</Amt></TxDtls><TxDtls><Amt Ccy="VND">2</Amt></TxDtls></NtryDtls></Ntry>
            """);
        Assert.Equal(2, part.Entries().Count());
        Assert.True(faults.Any);
    }

    private const string Rest = "<BookgDt><Dt>2026-11-29</Dt></BookgDt><AcctSvcrRef>FT1</AcctSvcrRef>";

    private static (CamtPart Part, Faults Faults) Part(string xml)
    {
        var faults = new Faults();
        return (new CamtPart(XElement.Parse(xml), 7, faults), faults);
    }
}
