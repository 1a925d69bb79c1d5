/** What an agent is told of all the tools together, once, when it connects. */
export const instructions = `\
Makes a video with sound, 5 to 60 seconds long, from 1 to 3 reference pictures with Google's Veo 3.1 models, and follows \
the motion of a reference video if there is one.

Videos cost real money, some dollars each: the price depends on seconds and quality, not on the number of pictures. Call \
estimate_video first (free), tell the user the price, and start only what they agreed to.

The usual way: estimate_video, then generate_video, then get_video_task with wait_seconds until the task has ended (a \
video takes some minutes), then get_video for the link. With review set to true nothing is paid to the video model before \
approve_prompts. A task goes on whether it is watched or not; never start a second one because the first takes long, and \
send an idempotency_key so that a call that is repeated after a lost answer does not start another video.

Every answer says what was charged, or that it is not known. A refusal names the arguments that are wrong.`;
