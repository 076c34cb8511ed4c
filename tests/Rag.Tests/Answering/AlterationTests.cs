using AiApp.Rag.Answering.Grounding;

namespace AiApp.Rag.Tests.Answering;

public sealed class AlterationTests
{
    [Theory]
    // A number of another place of the same sentence.
    [InlineData("Of the 121 patients included, 70 and 51 had cancer.", "Of the 51 patients included, 70 and 51 had cancer.", ClaimFaults.Number)]
    [InlineData("Donors older than 60 years gave to recipients younger than 60 years.", "Donors older than 91 years gave to recipients younger than 60 years.", ClaimFaults.Number)]
    [InlineData("The visits took place between January 2002 and December 2004.", "The visits took place between January 11 and December 2004.", ClaimFaults.Number)]
    // A unit behind a range, and one that stands elsewhere with the same number.
    [InlineData("Four children aged 5-14 years were treated in 2 years.", "Four children aged 5-14 months were treated in 2 years.", ClaimFaults.Unit)]
    [InlineData("The local rates of resistance do not exceed 10-20%.", "The local rates of resistance do not exceed 10-20 million.", ClaimFaults.Unit)]
    [InlineData("The mean was 95 ± 4 % for one and 94 ± 6 % for two.", "The mean was 95 ± 4 million for one and 94 ± 6 % for two.", ClaimFaults.Unit)]
    // A denial of a denial, and one beside another.
    [InlineData("There was no difference between the two groups.", "There was not no difference between the two groups.", ClaimFaults.Negation)]
    [InlineData("The pressure was maintained and there were no changes of the rate.", "The pressure was not maintained and there were no changes of the rate.", ClaimFaults.Negation)]
    [InlineData("The council is unable to legislate on such matters.", "The council is not unable to legislate on such matters.", ClaimFaults.Negation)]
    [InlineData("The patient was alive, not operated on and without pain.", "The patient was alive, operated on and without pain.", ClaimFaults.Negation)]
    // Opposites inside of joined words, and at the end.
    [InlineData("The guidelines derive from current high-resolution imaging of patients.", "The guidelines derive from current low-resolution imaging of patients.", ClaimFaults.Opposite)]
    [InlineData("The test of the second group was positive.", "The test of the second group was negative.", ClaimFaults.Opposite)]
    [InlineData("Patients with a stroke had no pain at all.", "Patients without a stroke had no pain at all.", ClaimFaults.Opposite)]
    public void What_was_altered_in_a_sentence_that_is_otherwise_repeated_is_seen(string sentence, string claim, string fault) =>
        Assert.Equal(fault, Between(claim, sentence)?.Fault);

    [Theory]
    // Cut short before what is denied, and without an aside.
    [InlineData("The flow was reduced to half of its control level, whereas the others did not change.", "The flow was reduced to half of its control level.")]
    [InlineData("The property of being prime (or not) is called primality.", "The property of being prime is called primality.")]
    // A denial that stands elsewhere in the sentence.
    [InlineData("No travel costs of spouses are reimbursed by the company.", "Travel costs of spouses are not reimbursed by the company.")]
    [InlineData("Meals that were bought at home are not reimbursed.", "Meals that were bought at home aren't reimbursed.")]
    [InlineData("A trip may take not more than five days in all.", "A trip may take less than five days in all.")]
    // Numbers written otherwise, and turned around.
    [InlineData("The hotel limit is 1,750 SEK for each night.", "The hotel limit is 1 750 SEK for each night.")]
    [InlineData("In 1967, the company opened its first shop in the old town.", "The company opened its first shop in the old town in 1967.")]
    [InlineData("The hotel limit for each night of a trip inside Sweden is 1,750 SEK.", "As said, the hotel limit for each night of a trip inside Sweden is 1,750 SEK.")]
    public void What_says_the_same_in_nearly_the_same_words_is_not_suspected(string sentence, string claim) =>
        Assert.Equal((null, true), (Between(claim, sentence)!.Fault, Between(claim, sentence)!.IsPlain));

    [Theory]
    [InlineData("Managers approve trips longer than five days before they are booked.", "Ask your manager before you book a trip of six days.")]
    [InlineData("Alcohol is not reimbursed.", "Alcohol is reimbursed.")]
    public void Sentences_in_other_words_and_short_ones_are_not_compared_word_by_word(string sentence, string claim) => Assert.Null(Between(claim, sentence));

    [Fact]
    public void A_denial_that_came_with_what_it_denies_is_left_to_the_check_of_denials() => Assert.False(Between(
        "The allowance of staff is paid for each day of a trip abroad.", "The allowance of staff is paid for each day, not the night, of a trip abroad.")!.IsPlain);

    [Fact]
    public void A_number_that_was_worked_out_may_stand_in_the_place_of_another() => Assert.Null(Alteration.Between(
        TokenText.Of("Full-time employees have 84 days of leave."), TokenText.Of("Full-time employees have 28 days of leave."), _ => true)!.Fault);

    private static Alteration? Between(string claim, string sentence) => Alteration.Between(TokenText.Of(claim), TokenText.Of(sentence), _ => false);
}
