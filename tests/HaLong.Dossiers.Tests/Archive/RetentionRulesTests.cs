using HaLong.Dossiers.Archive;
using HaLong.Dossiers.Archive.Retention;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Tests.Archive;

/// <summary>How long what is kept.</summary>
public sealed class RetentionRulesTests
{
    private static readonly DateOnly Closed = new(2024, 2, 29);
    private static readonly DateOnly Start = new(2018, 1, 1);

    [Fact]
    public void The_carried_rules_are_all_marked_as_assumed_and_name_fields_and_ends_that_exist()
    {
        var fields = DataFiles.ReadNodes("procedures.json").Select(n => n!["field"]!["code"]!.GetValue<string>()).ToHashSet();
        var items = DataFiles.ReadArray("retention.json", "items").ToList();
        Assert.NotEmpty(items);
        Assert.All(items, i =>
        {
            Assert.True(i.GetProperty("assumed").GetBoolean());
            Assert.True(!i.TryGetProperty("field", out var field) || fields.Contains(field.GetString()!), i.GetRawText());
            Assert.True(!i.TryGetProperty("states", out var states) || states.EnumerateArray().All(s => DossierStatus.Over.Contains(s.GetString()!)));
        });
        var rules = new RetentionRules(Options.Create(new ArchiveOptions()));
        Assert.Null(rules.EndOf("1.013978", "LAND", DossierStatus.Returned, Closed));
        Assert.Null(rules.EndOf("1.013978", "LAND", DossierStatus.Withdrawn, Closed));
        Assert.Equal(1, rules.Shortest);
    }

    [Fact]
    public void What_no_rule_names_is_kept_for_ever()
    {
        var rules = Rules(new RetentionRule { Field = "CERT", From = Start, Years = 2 });
        Assert.Null(rules.EndOf("x", "LAND", DossierStatus.Returned, Closed));
        Assert.Null(rules.EndOf("x", "CERT", DossierStatus.Returned, Start.AddDays(-1)));
        Assert.Null(Rules(new RetentionRule { Field = "CERT", From = Start }).Shortest);
    }

    [Fact]
    public void It_is_kept_to_the_day_of_its_end_in_the_last_year()
    {
        var rules = Rules(new RetentionRule { Field = "CERT", From = Start, Years = 2 });
        Assert.Equal(new DateOnly(2026, 2, 28), rules.EndOf("x", "CERT", DossierStatus.Returned, Closed)!.Value.KeepUntil);
        Assert.Equal("CERT: 2 năm (giả định)", rules.EndOf("x", "CERT", DossierStatus.Returned, Closed)!.Value.Rule);
    }

    [Fact]
    public void The_most_special_rule_counts_and_of_those_the_latest_by_the_day_of_the_end()
    {
        var rules = Rules(
            new RetentionRule { From = Start, Years = 1 },
            new RetentionRule { States = [DossierStatus.Withdrawn], From = Start, Years = 2 },
            new RetentionRule { Field = "CERT", From = Start, Years = 3 },
            new RetentionRule { Field = "CERT", From = new DateOnly(2024, 3, 1), Years = 4 },
            new RetentionRule { Field = "CERT", States = [DossierStatus.Withdrawn], From = Start, Years = 5 },
            new RetentionRule { Procedure = "2.000815", From = Start, Years = 6, Assumed = false });
        Assert.Equal(1, Years("x", "LAND", DossierStatus.Returned, Closed));
        Assert.Equal(2, Years("x", "LAND", DossierStatus.Withdrawn, Closed));
        Assert.Equal(3, Years("x", "CERT", DossierStatus.Returned, Closed));
        Assert.Equal(4, Years("x", "CERT", DossierStatus.Returned, Closed.AddDays(1)));
        Assert.Equal(5, Years("x", "CERT", DossierStatus.Withdrawn, Closed.AddDays(1)));
        Assert.Equal(6, Years("2.000815", "CERT", DossierStatus.Withdrawn, Closed));
        Assert.Equal("2.000815: 6 năm", rules.EndOf("2.000815", "CERT", DossierStatus.Returned, Closed)!.Value.Rule);

        int? Years(string procedure, string field, string state, DateOnly day) => rules.Of(procedure, field, state, day)?.Years;
    }

    private static RetentionRules Rules(params RetentionRule[] rules) => new(Options.Create(new ArchiveOptions { Rules = [.. rules] }));
}
