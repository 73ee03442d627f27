using HaLong.Dossiers.Filing;
using HaLong.Dossiers.NationalPortal.Inbound;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>The states of a filing, and whose codes are whose, without a server.</summary>
public sealed class InboundFilingTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 12, 1);

    [Fact]
    public void Read_for_the_first_time_it_is_due_at_once()
    {
        var filing = Read("a");
        Assert.Equal((InboundState.Received, 7L, Now, false), (filing.State, filing.Number, filing.NextTryAt!.Value, filing.IsOver));
    }

    [Fact]
    public void Failures_are_counted_until_it_goes_better()
    {
        var filing = Read("a");
        filing.Later("timeout", Now.AddMinutes(1));
        filing.Later("status503", Now.AddMinutes(3));
        Assert.Equal((2, "status503", Now.AddMinutes(3)), (filing.Attempts, filing.Reason, filing.NextTryAt!.Value));

        filing.File(Guid.CreateVersion7(), Now.AddMinutes(3));

        Assert.Equal((0, null, "0"), (filing.Attempts, filing.Reason, filing.AnswerCode));
    }

    [Fact]
    public void What_failed_is_answered_with_everything_that_is_wrong_but_not_without_end()
    {
        var filing = Read("a");
        filing.Fail(
            InboundState.Failed, InboundErrors.BadFile.WithField("TaiLieuNop[0]", "hỏng", "broken").WithField("TaiLieuNop[1]", new string('x', 3000), "long"), Now);

        Assert.True(filing.IsOver);
        Assert.Equal(("DOS-0882", 2, Now), (filing.AnswerCode, filing.Defects.Count, filing.NextTryAt!.Value));
        Assert.Contains("TaiLieuNop[0]: hỏng", filing.AnswerText, StringComparison.Ordinal);
        Assert.Equal(InboundTables.MaxAnswer, filing.AnswerText!.Length);
        filing.Answered(Now.AddSeconds(1));
        Assert.Equal((null, Now.AddSeconds(1)), (filing.NextTryAt, filing.AnsweredAt!.Value));
    }

    [Fact]
    public void A_defect_of_no_field_is_one_of_the_whole()
    {
        var filing = Read("a");
        filing.Fail(InboundState.Refused, InboundErrors.CodeTaken, Now);
        Assert.Equal(("dossier", InboundErrors.CodeTaken.En), (filing.Defects.Single().Field, filing.Defects.Single().En));
    }

    [Fact]
    public void Without_a_code_of_the_portal_there_is_nobody_to_answer()
    {
        var filing = Read("a", code: "#7");
        filing.Fail(InboundState.Refused, InboundErrors.CodeTaken, Now);
        Assert.Null(filing.NextTryAt);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("b", false)]
    public void Whose_it_is_holds_as_long_as_the_content_does(string content, bool holds)
    {
        var (owner, official) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var filing = Read("a");
        filing.WaitForAccount(Now.AddMinutes(15));
        filing.Bind(owner, official, Now);
        Assert.Equal((InboundState.Received, Now), (filing.State, filing.NextTryAt!.Value));

        filing.Read(8, content, Now.AddHours(1));

        Assert.Equal(holds ? (owner, official) : default((Guid, Guid)?), filing.OwnerId is { } o ? (o, filing.BoundBy!.Value) : null);
    }

    [Theory]
    [InlineData("a", "0")]
    [InlineData("b", "DOS-0884")]
    public void Filed_it_stays_filed(string content, string answer)
    {
        var dossier = Guid.CreateVersion7();
        var filing = Read("a");
        filing.File(dossier, Now);
        filing.Answered(Now);

        filing.Read(8, content, Now.AddHours(1));

        Assert.Equal((InboundState.Filed, dossier, 8L), (filing.State, filing.DossierId!.Value, filing.Number));
        Assert.Equal((answer, null, Now.AddHours(1)), (filing.AnswerCode, filing.AnsweredAt, filing.NextTryAt!.Value));
    }

    [Theory]
    [InlineData("G22.99-261201-000001", true)]
    [InlineData("000.00.01.G22-261201-0001", true)]
    [InlineData("G09.20-20260609-0092637", true)]
    [InlineData("g22.99-261201-000001", false)]
    [InlineData("G22.99 -261201-000001", false)]
    [InlineData("G22.99–261201-000001", false)]
    [InlineData("12", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_code_is_kept_as_it_is_or_not_at_all(string? code, bool isReadable) => Assert.Equal(isReadable, CodeRules.IsReadable(code));

    [Theory]
    [InlineData("06688", "06688")]
    [InlineData(" 06688 ", "06688")]
    [InlineData("H49.01", "06688")]
    [InlineData("000.00.01.H49", "06688")]
    [InlineData("H49.05", "06652")]
    [InlineData("H49.06", "06700")]
    [InlineData("H49.88", "H49.88")]
    [InlineData(null, "")]
    public void The_agency_of_the_day_leads_to_the_unit(string? named, string unit)
    {
        using var db = new DossierDbContext(new DbContextOptionsBuilder<DossierDbContext>().UseNpgsql().Options);
        var rules = new CodeRules(db, Options.Create(new DossierOptions { Agencies = new() { ["06688"] = "000.00.01.H49" } }), Options.Create(new FilingOptions
        {
            AgencyCodes =
            [
                new DatedAgency { Unit = DatedAgency.AllUnits, From = Day.AddYears(-9), Code = "H49.88" },
                new DatedAgency { Unit = "06649", From = Day.AddYears(-2), Code = "H49.05" },
                new DatedAgency { Unit = "06652", From = Day.AddYears(-1), Code = "000.00.05.H49" },
                new DatedAgency { Unit = "06688", From = Day.AddDays(1), Code = "H49.05" },
                new DatedAgency { Unit = "06700", From = Day, Code = "H49.06" },
            ],
        }));
        Assert.Equal(unit, rules.UnitOf(named, Day));
    }

    private static InboundFiling Read(string content, string code = "G22.99-261201-000001")
    {
        var filing = new InboundFiling { Code = code, ReceivedAt = Now };
        filing.Read(7, content, Now);
        return filing;
    }
}
