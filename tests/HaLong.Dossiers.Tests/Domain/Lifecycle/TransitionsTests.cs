using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Domain.Lifecycle;

public sealed class TransitionsTests
{
    // Words of Data/statuses.json → ours.
    private static readonly Dictionary<string, string> Moves = new()
    {
        ["submit"] = "submit",
        ["accept"] = "accept",
        ["askSupplement"] = "requestSupplement",
        ["resubmit"] = "supplement",
        ["reject"] = "reject",
        ["forward"] = "forward",
        ["requireDuty"] = "requireFee",
        ["paid"] = "payDemand",
        ["askOpinion"] = "requestOpinion",
        ["opinionReceived"] = "answerOpinion",
        ["approve"] = "approve",
        ["refuse"] = "refuse",
        ["extend"] = "extend",
        ["handOver"] = "return",
        ["stop"] = "stop",
        ["withdraw"] = "withdraw",
    };

    [Fact]
    public void Every_transition_of_the_status_list_is_in_the_table()
    {
        var listed = DataFiles.ReadArray("statuses.json", "transitions")
            .Select(t => (From: t.GetProperty("from").GetString()!, Event: t.GetProperty("event").GetString()!, To: t.GetProperty("to").GetString()!)).ToList();
        Assert.Equal(29, listed.Count);
        foreach (var (from, word, to) in listed)
        {
            var row = Transitions.Find(Moves[word], Ours(from));
            Assert.True(row is not null, $"{from} {word}");
            // A decision leads to its result by way of the signature.
            var target = word is "approve" or "refuse" ? Transitions.Find("resolve", Ours(from))!.To : row.To ?? Ours(from);
            Assert.Equal(Ours(to), target);
        }
    }

    [Fact]
    public void What_leads_to_another_state_beyond_the_status_list_is_known_and_named()
    {
        var listed = DataFiles.ReadArray("statuses.json", "transitions")
            .Select(t => (Moves[t.GetProperty("event").GetString()!], Ours(t.GetProperty("from").GetString()!))).ToHashSet();
        var more = Transitions.All.Where(t => t.To is not null).SelectMany(t => t.From.Select(f => (t.Action, From: f))).Where(t => !listed.Contains((t.Action, t.From)));
        Assert.Equal(
            [
                ("assign", "ACCEPTED"), // forwarding and assignment in one step
                ("closeOpinion", "WAIT_OPINION"), // no answer in time must not hold a dossier for ever
                ("receive", "RESOLVED"), // download is receipt
                ("reject", "SUPPLEMENT_RECEPTION"), // the applicant let the deadline pass
                ("requestOpinion", "WAIT_OPINION"), // several at once
                ("resolve", "PROCESSING"), // the signature
                ("stop", "WAIT_OPINION"),
            ],
            more.OrderBy(t => t.Action, StringComparer.Ordinal).ThenBy(t => t.From, StringComparer.Ordinal));
    }

    [Fact]
    public void The_portals_codes_are_those_of_the_status_list()
    {
        foreach (var item in DataFiles.ReadArray("statuses.json", "internalStates"))
        {
            var code = item.GetProperty("portalCode") is { ValueKind: System.Text.Json.JsonValueKind.Number } number ? number.GetInt32() : (int?)null;
            Assert.Equal(code, DossierStatus.PortalCode(Ours(item.GetProperty("state").GetString()!)));
        }
        Assert.Equal(
            DataFiles.ReadArray("statuses.json", "internalStates").Where(s => s.GetProperty("terminal").GetBoolean()).Select(s => s.GetProperty("state").GetString()).Order(),
            DossierStatus.Over.Order());
        Assert.All(DossierStatus.All, s => Assert.NotEqual((s, s), DossierStatus.Name(s)));
    }

    [Fact]
    public void From_each_state_a_move_has_one_row_with_words_and_known_parts()
    {
        Assert.Equal(Transitions.All.Sum(t => t.From.Count), Transitions.All.SelectMany(t => t.From.Select(f => (t.Action, f))).Distinct().Count());
        var facts = typeof(DossierSubmitted).Assembly.GetTypes().Select(t => t.Name).ToHashSet();
        Assert.All(Transitions.All, t =>
        {
            Assert.False(string.IsNullOrWhiteSpace(t.Vi) || string.IsNullOrWhiteSpace(t.En) || t.Vi == t.En);
            Assert.All(t.From, f => Assert.Contains(f, DossierStatus.All));
            Assert.True(t.To is null || DossierStatus.All.Contains(t.To));
            Assert.True(t.Fact is null || facts.Contains(t.Fact), t.Fact);
            Assert.True(t.Form is null || PaperForm.All.Contains(t.Form));
            Assert.NotEmpty(t.Roles);
        });
    }

    [Fact]
    public void Nothing_leads_out_of_an_end_and_every_other_state_has_a_way_to_one()
    {
        Assert.DoesNotContain(Transitions.All, t => t.To is not null && t.From.Any(DossierStatus.Over.Contains));
        foreach (var state in DossierStatus.All.Except(DossierStatus.Over))
        {
            var (reached, next) = (new HashSet<string>(), new Queue<string>([state]));
            while (next.TryDequeue(out var here))
            {
                foreach (var to in Transitions.All.Where(t => t.From.Contains(here)).Select(t => t.To).OfType<string>().Where(reached.Add))
                    next.Enqueue(to);
            }
            Assert.Contains(reached, DossierStatus.Over.Contains);
        }
    }

    [Fact]
    public void The_clock_does_what_the_decree_says()
    {
        Assert.Equal(ClockEffect.Start, Transitions.Find("accept", "SUBMITTED")!.Clock);
        Assert.Equal(ClockEffect.None, Transitions.Find("requestSupplement", "SUBMITTED")!.Clock);
        Assert.Equal(ClockEffect.Pause, Transitions.Find("requestSupplement", "PROCESSING")!.Clock);
        Assert.Equal(ClockEffect.Restart, Transitions.Find("supplement", "SUPPLEMENT_PROCESSING")!.Clock);
        Assert.Equal(ClockEffect.None, Transitions.Find("requestOpinion", "PROCESSING")!.Clock);
        Assert.Equal((ClockEffect.Pause, ClockEffect.Resume), (Transitions.Find("requireFee", "PROCESSING")!.Clock, Transitions.Find("payDemand", "WAIT_PAYMENT")!.Clock));
        Assert.All(Transitions.All.Where(t => t.To is "STOPPED" or "WITHDRAWN" or "RESOLVED" && !t.From.Contains("SUBMITTED")), t => Assert.Equal(ClockEffect.Stop, t.Clock));
    }

    [Theory]
    [InlineData(PaperForm.Receipt, "01", "01")]
    [InlineData(PaperForm.Supplement, "02", "02")]
    [InlineData(PaperForm.Refusal, "03", "03")]
    [InlineData(PaperForm.Apology, "04", "04")]
    [InlineData(PaperForm.Stop, null, "05")]
    [InlineData(PaperForm.Control, "05", "06")]
    [InlineData(PaperForm.Register, "06", "07")]
    public void A_form_has_its_number_by_regime(string form, string? of2018, string of2025) =>
        Assert.Equal((of2018, of2025), (PaperForm.Number(form, Regime.Oss2018), PaperForm.Number(form, Regime.Oss2025)));

    [Fact]
    public void Somebody_acts_in_the_first_role_that_the_row_names()
    {
        var both = new HashSet<string> { Roles.Officer, Roles.Reception };
        Assert.Equal(Roles.Reception, Transitions.RoleFor("requestSupplement", "SUBMITTED", both));
        Assert.Equal(Roles.Officer, Transitions.RoleFor("requestSupplement", "PROCESSING", both));
        Assert.Equal(Roles.Reception, Transitions.RoleFor("requestSupplement", "RETURNED", both));
        Assert.Null(Transitions.RoleFor("approve", "PROCESSING", both));
    }

    private static string Ours(string state) => state is "APPROVED" or "REFUSED" ? DossierStatus.Resolved : state;
}
