using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Catalogue.Checking;

namespace HaLong.Dossiers.Tests.Catalogue.Checking;

public sealed class ProcedureRulesTests
{
    [Fact]
    public void Every_item_of_the_catalogue_is_without_defects()
    {
        foreach (var item in DataFiles.ReadNodes("procedures.json"))
        {
            var defects = ProcedureRules.Check(JsonElement.Parse(item!.ToJsonString()));
            Assert.True(defects.Count == 0, $"{item["code"]}: {string.Join("; ", defects)}");
        }
    }

    [Fact]
    public void Everything_the_model_can_say_is_accepted()
    {
        var item = Item();
        item["components"]![0]!["reuse"] = JsonNode.Parse("""{"fromStore":true,"resultCodes":["KQ.G15.000031"],"dataSource":"population","assumed":true}""");
        item["components"]![0]!["caseVi"] = "Trẻ bị bỏ rơi";
        item["components"]![0]!["electronicCopy"] = true;
        item["components"]![0]!["ownForm"] = "birth-declaration";
        item["timeLimit"]!["variants"] = JsonNode.Parse("""[{"code":"verification","nameVi":"Phải xác minh","nameEn":"Verification","value":5,"unit":"workingDay","assumed":true}]""");
        item["fees"] = JsonNode.Parse("""
            [{"kind":"phi","nameVi":"Phí","amountVnd":1000,"rule":"x","channel":"online","exemptions":[],"moment":"atResult","validFrom":"2026-01-01","validTo":"2026-12-31",
              "applicantCategories":["elderly"],"minAssurance":2,
              "exemptionRules":[{"category":"poorHousehold","percent":100,"evidenceVi":"Giấy xác nhận","evidenceEn":"Certificate","legalBasis":"NQ","validFrom":"2026-01-01","assumed":true}]}]
            """);
        item["onlinePeriods"] = JsonNode.Parse("""[{"from":"2026-07-01","level":"partial","reasonCode":"presence","legalBasis":"Luật Hộ tịch","assumed":true}]""");
        item["results"]![0]!["validityMonths"] = 6;
        item["keywords"] = new JsonArray("giấy khai sinh");
        item["lifeEvents"] = new JsonArray("BIRTH");
        Assert.Empty(Check(item));
        var content = CatalogueLoader.Parse(item.ToJsonString());
        Assert.Equal(("population", 2, "presence", 6), (content.Components[0].Reuse!.DataSource, content.Fees[0].MinAssurance, content.OnlineOn(new DateOnly(2026, 8, 1)).ReasonCode, content.Results[0].ValidityMonths));
    }

    [Theory]
    [InlineData("code", "\"a b\"", "code")]
    [InlineData("nameVi", "\"\"", "nameVi")]
    [InlineData("nameEn", "null", "nameEn")]
    [InlineData("nameVi", "7", "nameVi")]
    [InlineData("field", """{"code":"civil","vi":"x","en":"x"}""", "field.code")]
    [InlineData("level", """{"y2023":"commune","since20250701":"village"}""", "level.since20250701")]
    [InlineData("competentAgency", """{"y2023":"communePeoplesCommittee"}""", "competentAgency.since20250701")]
    [InlineData("subjects", "[]", "subjects")]
    [InlineData("subjects", """["citizen","citizen"]""", "subjects[1]")]
    [InlineData("subjects", """["martian"]""", "subjects[0]")]
    [InlineData("channels", "null", "channels")]
    [InlineData("channels", """["online",3]""", "channels[1]")]
    [InlineData("timeLimit", """{"value":3}""", "timeLimit.unit")]
    [InlineData("timeLimit", """{"value":0,"unit":"workingDay"}""", "timeLimit.value")]
    [InlineData("timeLimit", """{"value":1.5,"unit":"workingDay"}""", "timeLimit.value")]
    [InlineData("timeLimit", """{"value":3,"unit":"fortnight"}""", "timeLimit.unit")]
    [InlineData("timeLimit", """{"variants":[{"value":3,"unit":"workingDay"}]}""", "timeLimit.variants[0].code")]
    [InlineData("timeLimit", """{"shownByChannel":{"fax":{"value":3}}}""", "timeLimit.shownByChannel.fax")]
    [InlineData("components", """[7]""", "components[0]")]
    [InlineData("components", """[{"nameVi":"x","nameEn":"x","originals":-1,"copies":0}]""", "components[0].originals")]
    [InlineData("components", """[{"nameVi":"x","nameEn":"x","originals":1,"copies":0,"reuse":{}}]""", "components[0].reuse.dataSource")]
    [InlineData("components", """[{"nameVi":"x","nameEn":"x","originals":1,"copies":0,"reuse":{"fromStore":true}}]""", "components[0].reuse.resultCodes")]
    [InlineData("fees", """[{"kind":"tip","nameVi":"x","rule":"x","channel":"any"}]""", "fees[0].kind")]
    [InlineData("fees", """[{"kind":"phi","nameVi":"x","rule":"x","channel":"any","amountVnd":-5}]""", "fees[0].amountVnd")]
    [InlineData("fees", """[{"kind":"phi","nameVi":"x","rule":"x","channel":"any","validFrom":"2026-02-30"}]""", "fees[0].validFrom")]
    [InlineData("fees", """[{"kind":"phi","nameVi":"x","rule":"x","channel":"any","validFrom":"2026-02-02","validTo":"2026-02-01"}]""", "fees[0].validTo")]
    [InlineData("fees", """[{"kind":"phi","nameVi":"x","rule":"x","channel":"any","exemptionRules":[{"category":"rich","percent":100}]}]""", "fees[0].exemptionRules[0].category")]
    [InlineData("fees", """[{"kind":"phi","nameVi":"x","rule":"x","channel":"any","exemptionRules":[{"category":"merit","percent":101}]}]""", "fees[0].exemptionRules[0].percent")]
    [InlineData("onlineLevel", "\"partial\"", "onlineLevel")]
    [InlineData("onlinePeriods", """[{"from":"2026-07-01","level":"partial"}]""", "onlinePeriods[0].reasonCode")]
    [InlineData("onlinePeriods", """[{"from":"2026-07-01","level":"full"},{"from":"2026-07-01","level":"none"}]""", "onlinePeriods[1].from")]
    [InlineData("results", """[{"code":"x"}]""", "results[0].nameVi")]
    [InlineData("lifeEvents", """["LOTTERY"]""", "lifeEvents[0]")]
    [InlineData("componentsAssumed", "\"yes\"", "componentsAssumed")]
    [InlineData("timelimit", "{}", "timelimit")]
    public void A_defect_is_told_with_its_place_in_both_languages(string field, string value, string path)
    {
        var item = Item();
        item[field] = JsonNode.Parse(value);
        var defect = Assert.Single(Check(item));
        Assert.Equal(path, defect.Path);
        Assert.NotEqual(defect.Vi, defect.En);
    }

    [Fact]
    public void Before_July_2026_a_partial_service_needed_no_reason()
    {
        var item = Item();
        item["onlinePeriods"] = JsonNode.Parse("""[{"from":"2026-06-30","level":"partial"}]""");
        Assert.Empty(Check(item));
    }

    [Fact]
    public void What_can_be_done_online_has_an_online_channel()
    {
        var item = Item();
        item["channels"] = new JsonArray("direct");
        item["onlineLevel"] = "full";
        item["onlinePeriods"] = JsonNode.Parse("""[{"from":"2026-07-01","level":"full"}]""");
        Assert.Equal(["onlineLevel", "onlinePeriods[0].level"], Check(item).Select(d => d.Path).Order());
    }

    [Fact]
    public void All_defects_are_told_at_once_each_at_its_place_in_the_file()
    {
        var item = Item();
        item.Remove("nameVi");
        item["unheardOf"] = 1;
        item["timeLimit"] = new JsonObject { ["value"] = "three" };
        item["components"]!.AsArray().Add(new JsonObject());
        var paths = ProcedureRules.Check(JsonElement.Parse(item.ToJsonString()), "items[4]").ConvertAll(d => d.Path);
        Assert.Contains("items[4].nameVi", paths);
        Assert.Contains("items[4].unheardOf", paths);
        Assert.Contains("items[4].timeLimit.value", paths);
        Assert.Contains(paths, p => p.StartsWith("items[4].components[", StringComparison.Ordinal) && p.EndsWith("].originals", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    public void What_is_no_object_is_one_defect(string json) => Assert.Single(ProcedureRules.Check(JsonElement.Parse(json), "items[0]"));

    [Fact]
    public void A_field_that_is_there_twice_is_a_defect()
    {
        var text = Item().ToJsonString();
        var defect = Assert.Single(ProcedureRules.Check(JsonElement.Parse(text[..^1] + ",\"decision\":\"x\"}")));
        Assert.Equal("decision", defect.Path);
    }

    private static JsonObject Item() =>
        DataFiles.ReadNodes("procedures.json").Single(n => n!["code"]!.GetValue<string>() == "1.001193")!.DeepClone().AsObject();

    private static List<Defect> Check(JsonObject item) => ProcedureRules.Check(JsonElement.Parse(item.ToJsonString()));
}
