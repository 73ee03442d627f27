using HaLong.Dossiers.Features;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Tests.Features;

public sealed class OptionsTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Theory]
    [InlineData("Files:Path", "", "Path")]
    [InlineData("Files:MaxBytes", "0", "MaxBytes")]
    [InlineData("PublicUrl", "", "PublicUrl")]
    [InlineData("PublicUrl", "nonsense", "PublicUrl")]
    [InlineData("Dossiers:DefaultAgency", "nonsense", "DefaultAgency")]
    [InlineData("Dossiers:Agencies:06688", "x", "Agencies")]
    [InlineData("Dossiers:AssumedTimeLimitDays", "0", "AssumedTimeLimitDays")]
    [InlineData("Dossiers:PersonSignature", "maybe", "PersonSignature")]
    [InlineData("Dossiers:PersonSignatureDays", "0", "PersonSignatureDays")]
    [InlineData("Deadlines:RulesFile", "/nowhere/rules.json", "RulesFile")]
    [InlineData("Deadlines:RecountBatch", "0", "RecountBatch")]
    [InlineData("Deadlines:RecountInterval", "00:00:00", "RecountInterval")]
    [InlineData("Keys:Password", "", "Keys:Password")]
    [InlineData("Keys:Password", "short", "Keys:Password")]
    [InlineData("Filing:DuplicateDays", "-1", "DuplicateDays")]
    [InlineData("Register:Interval", "00:00:00", "Register:Interval")]
    [InlineData("Register:Settle", "-00:00:01", "Register:Settle")]
    [InlineData("Register:Batch", "0", "Batch")]
    [InlineData("Register:MostPdfRows", "0", "MostPdfRows")]
    [InlineData("Filing:UnitSweep", "00:00:00", "UnitSweep")]
    [InlineData("Filing:AgencyCodes:0:Code", "nonsense", "AgencyCodes")]
    [InlineData("Archive:Interval", "00:00:00", "Archive:Interval")]
    [InlineData("Archive:Prefix", "../x", "Prefix")]
    [InlineData("Archive:MaxListed", "0", "MaxListed")]
    [InlineData("Archive:DraftNoticeDays", "0", "DraftNoticeDays")]
    [InlineData("Archive:Rules:0:Years", "0", "Archive:Rules")]
    [InlineData("Statistics:Interval", "00:00:00", "Statistics:Interval")]
    [InlineData("Statistics:Batch", "0", "Batch")]
    [InlineData("Statistics:NightlyCheck", "often", "NightlyCheck")]
    [InlineData("Statistics:CheckHour", "24", "CheckHour")]
    public async Task A_setting_that_is_missing_or_wrong_is_named_at_the_start(string key, string value, string named)
    {
        await using var own = dossiers.NewFactory().WithSetting(key, value);
        var error = await Assert.ThrowsAnyAsync<Exception>(() => own.StartAsync(waitForBus: false));
        var text = error.ToString();
        Assert.Contains(nameof(OptionsValidationException), text, StringComparison.Ordinal);
        Assert.Contains(named, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":{"b":1,"c":2}}""", """{"a":{"b":null,"d":3}}""", """{"a":{"c":2,"d":3}}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[3]}""", """{"a":[3]}""")]
    [InlineData("""{"a":"b"}""", """{"a":{"c":null}}""", """{"a":{}}""")]
    [InlineData("""{}""", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    public void Merge_patches_follow_rfc_7396(string target, string patch, string result)
    {
        var merged = JsonInput.Merge(System.Text.Json.Nodes.JsonNode.Parse(target), System.Text.Json.JsonElement.Parse(patch));
        Assert.Equal(result, merged!.ToJsonString());
    }
}
